"""What hidden tests import: `points`, `expect`, and the errors that a test may ask for."""

from autograder.grading import expect
from autograder.grading.failures import MissingName, Raised, StudentError, Unserializable
from autograder.grading.hidden_tests import points

__all__ = ["MissingName", "Raised", "StudentError", "Unserializable", "expect", "points"]
