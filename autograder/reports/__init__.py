"""Pages and files made from results: for students, for TAs, and for Canvas.

`feedback` is a student's page and README, `class_page` the TA's page, `leaderboard` the class's,
`canvas_csv` what Canvas imports, and `push` returns feedback to the students' repositories. `pages`
has the one Jinja environment. `grading` and the layers above import this subpackage. It never shows
a hidden input, an expected value, or a test's detail to a student.
"""
