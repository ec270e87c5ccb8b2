"""The comment bank of a question: what was commented, and how often."""

from collections import Counter

from autograder.csv_files import csv_text
from autograder.gradebook.rows import Rows, plain_comment


def bank_text(question: str, rows: Rows) -> str:
    """A CSV file with the comments that people wrote on a question, the most frequent first.

    '' if there are none.
    """
    if not (comments := frequent_comments(question, rows)):
        return ""
    return csv_text([("times", "comment"), *((str(count), text) for text, count in comments)])


def frequent_comments(question: str, rows: Rows) -> list[tuple[str, int]]:
    """(a comment that people wrote on a question, how often), the most frequent first."""
    comments = (plain_comment(one.manual) for one in rows.comments if one.cell == question)
    times = Counter(filter(None, comments))
    return sorted(times.items(), key=lambda item: (-item[1], item[0]))
