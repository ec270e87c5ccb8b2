"""The result of grading a submission, as data."""
