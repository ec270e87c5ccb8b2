"""`python -m autograder` is the command `autograder`."""

from autograder.cli.app import app

app(prog_name="autograder")
