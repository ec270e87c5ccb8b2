"""What tests change in whole notebooks before they are submitted."""

from autograder.audit.attack_course import without_demonstrations

__all__ = ["without_demonstrations"]
