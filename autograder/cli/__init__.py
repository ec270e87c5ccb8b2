"""The command `autograder`: one module per command, and what the commands share.

The top layer: imports from everywhere, and nothing imports it. A command parses its options, calls
the layers below, and prints. It must not decide anything about a grade.
"""
