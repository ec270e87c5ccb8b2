"""Turns one submission into one result, and a class of submissions into many.

`submission` is the way of one submission: read, restore, run in a `session`, examine with hidden
tests, write. `cohort` is a class. Only `testing`, `audit`, `authoring` and `cli` import this. It
never runs student code in its own process, and never lets an exception's message, or anything else
that student code chooses while hidden tests run, reach a student's feedback.
"""
