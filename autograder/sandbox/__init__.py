"""Starts student code: in bubblewrap, within limits, watched, and ended when it passes one.

`launcher` says how a process starts, `bubblewrap` what it can see; `kernel` and `script` are the
two kinds of process. Each starts as a fork of a `template`, which has imported the libraries, or
cold, as a new Python. `Templates.choose` decides, and the results are the same. `grading`, `audit`
and `cli` import this subpackage. It knows no exercise and no hidden test, and never runs student
code without a sandbox unless its launcher says so.
"""
