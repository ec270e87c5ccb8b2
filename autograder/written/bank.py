"""The comment bank of a question: what was commented, and how often."""

from collections import Counter

from autograder.csv_files import csv_text
from autograder.gradebook.rows import Rows, plain_comment


def bank_text(question: str, rows: Rows) -> str:
    """A CSV file with the comments that people wrote on a question, the most frequent first.

    '' if there are none.
    """
    comments = (plain_comment(one.manual) for one in rows.comments if one.cell == question)
    times = Counter(filter(None, comments))
    if not times:
        return ""
    ordered = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    return csv_text([("times", "comment"), *((str(count), text) for text, count in ordered)])
