"""Puts what students submit into submitted/: from git, LMS downloads and nbgrader's exchange.

For `cli`. Everything that it reads is untrusted input: it never runs any of it, never follows a
link or path out of its source, and never deletes a version of a student's work.
"""
