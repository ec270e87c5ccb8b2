"""What hidden tests import.

`points` says what a test is worth, `expect` compares what came back, `remote` reaches the student's
kernel, `inert_parameters` finds decoys in a model, and the exceptions say why no answer came.
Nothing in the package imports this module.
"""

from autograder.grading import expect, remote
from autograder.grading.failures import MissingName, Raised, StudentError, Unserializable
from autograder.grading.hidden_tests import points
from autograder.grading.inert import inert_parameters
from autograder.reports.leaderboard import public_name

__all__ = [
    "MissingName",
    "Raised",
    "StudentError",
    "Unserializable",
    "expect",
    "inert_parameters",
    "points",
    "public_name",
    "remote",
]
