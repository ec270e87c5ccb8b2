"""nbgrader's database and configuration.

`database` is the only place that opens the gradebook. `scores` is its one writer of automatic
scores, `manual` writes what TAs entered in a spreadsheet, `totals` reads both kinds of scores,
`deadlines` keeps due dates and extensions, and `autograde` makes nbgrader's own command, and
formgrader's button, use this autograder. `reports`, `collect`, `written`, `grading`, `authoring`
and `cli` import this subpackage. Only `manual` changes what a TA entered, and only if its caller
says what was there before.
"""
