"""Audits hidden tests with sample answers: mutants must be killed, alternatives accepted.

It also audits grading itself with attacks, which must not succeed.

For instructors, and never part of grading: an audit only reads the course, runs sample answers as
grading runs submissions, and writes its page and JSON to reports/.

Only `cli` imports this package, and `similarity` its reading of sample answers. It must never read
or write a student's submission, a stored result or the gradebook, and it must never change the
hidden tests or the sample answers.
"""
