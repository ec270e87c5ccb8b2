"""Reads, restores, runs and sanitizes notebooks; what their cells are and why a cell failed.

`grading` and `check` share it, so that a student's own check treats a notebook as grading will.
Any package may import it, except for `probe` and the core. It imports the core only, and not
nbgrader or papermill, which students do not install. It must never run student code by itself:
`client` runs cells in a kernel that its caller started.
"""
