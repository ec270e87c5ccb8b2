"""Grades one submission, or a class of submissions.

`submission` grades one submission: read, restore, run in a `session`, examine with hidden tests,
write the result. `cohort` grades a class. Only `testing`, `audit`, `authoring` and `cli` import
this subpackage. It never runs student code in its own process. While hidden tests run, student code
controls the messages of its exceptions and other text: none of it reaches a student's feedback.
"""
