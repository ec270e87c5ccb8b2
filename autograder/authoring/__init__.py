"""Turns worked notebooks into source/, release/ and students' repositories; makes a sample class.

For instructors, who write in solutions/ and tests/hidden/. Generated files are checked against
their digests before they are replaced, so that no work of a student or instructor is overwritten.

Only `cli` and tests import this package. It must never put a solution or a hidden test in a release
or in a student's repository, and it must never touch submissions, results or the gradebook.
"""
