"""nbgrader's database and configuration.

`database` is the only place that opens the gradebook. `scores` is its one writer of automatic
scores, `totals` reads them with the manual ones, `deadlines` keeps due dates and extensions, and
`autograde` makes nbgrader's own command, and formgrader's button, use this autograder. `reports`,
`collect`, `grading`, `authoring` and `cli` import this subpackage. It never changes what a TA
entered.
"""
