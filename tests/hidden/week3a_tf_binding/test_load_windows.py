"""load_windows(sequences_path, scores_path): (names, sequences, scores (n, 300))."""

import re

import numpy as np
from week3a_tf_binding.helpers import random_sequences, value_error

from autograder.testing import expect, points, remote

# Writes the two files as the course's data come, and hands their paths to the student's function.
LOAD = """
import gzip, os, tempfile

def load(function, sequences, scores):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"chr5_{kind}.txt.gz") for kind in ("sequences", "scores")]
        for path, lines in zip(paths, (sequences, scores)):
            with gzip.open(path, "wt") as file:
                file.write("".join("\\t".join(line) + "\\n" for line in lines))
        names, found, values = function(*paths)
    for what in (names, found):
        if not isinstance(what, (list, tuple)) or not all(isinstance(s, str) for s in what):
            raise TypeError(f"a {type(what).__name__}, not a list of str")
    return [str(name) for name in names], [str(sequence) for sequence in found], values
"""

# Neither in the order of the genome nor of the alphabet, and several chromosomes in one file.
NAMES = [
    "chr2_3900_4200", "chr22_100_400", "chr2_100_400", "chr10_700_1000", "chr22_3900_4200",
    "chr1_700_1000", "chr2_1000_1300",
]  # fmt: skip
COLUMNS = [NAMES[i] for i in (3, 0, 6, 5, 1, 4, 2)]


def window_scores(names, seed):
    """{name: its 300 scores as text}: zeros but for a site or two; one window has none."""
    rng = np.random.default_rng(seed)
    scores = {}
    for number, name in enumerate(names):
        row = ["0"] * 300
        for start in rng.integers(0, 281, size=0 if number == 1 else 2):
            row[start : start + 19] = [f"{rng.uniform(2, 25):.4f}"] * 19
        scores[name] = row
    return scores


def load(student, names, columns, seed=1, letters="ACGT"):
    """(what the student's function made of the files, the scores and sequences in them)."""
    scores = window_scores(sorted({*names, *columns}), seed)
    sequences = random_sequences(len(names), 300, seed + 100, letters)
    table = [["window_name", "sequence"], *map(list, zip(names, sequences, strict=True))]
    matrix = [columns, *map(list, zip(*(scores[name] for name in columns), strict=True))]
    found = remote.define(student, LOAD, "load")(student.load_windows, table, matrix)
    return found, scores, sequences


@points(1, form=True)
def test_form(student):
    """Return three things: a list of names, a list of sequences, and a float32 array or tensor
    (n, 300) with one row per window (also for a file with a single window). In the scores file
    a window is a column, so transpose. Names and sequences keep the order of the sequences
    file, and sequences stay as they are in the file, with lower case and N."""
    for names, columns in ((NAMES, COLUMNS), (NAMES[2:3], NAMES[2:3])):
        found, _, sequences = load(student, names, columns, letters="ACGTacgtN")
        assert found[0] == names
        assert found[1] == sequences
        values = expect.array(found[2], shape=(len(names), 300))
        assert values.dtype == np.float32


@points(1)
def test_matched_by_name(student):
    """Perhaps the columns are matched by their position. The columns of the scores file have
    an order of their own, so look up each column by its name: row i of the scores must belong
    to window i of the sequences file. One column, read from top to bottom, is one window."""
    for seed, columns in ((2, COLUMNS), (3, NAMES[::-1]), (4, sorted(NAMES))):
        (names, _, values), scores, _ = load(student, NAMES, columns, seed)
        assert sorted(names) == sorted(NAMES)
        expected = np.array([[float(text) for text in scores[name]] for name in names])
        expect.close(values, expected, rtol=1e-6)


def assert_names_one(message, missing):
    found = [name for name in missing if re.search(rf"(?<!\w){name}(?!\w)", message)]
    assert found, f"{message!r} names none of {missing}"


@points(1)
def test_missing_from_the_scores(student):
    """If a window of the sequences file has no column in the scores file, raise a ValueError
    whose message contains the window's name: not a KeyError, not a row of zeros, not a shorter
    list. The two files can have equally many windows and still not the same ones."""
    lacking = [name for name in COLUMNS if name not in NAMES[4:6]]
    assert_names_one(value_error(load, student, NAMES, lacking), NAMES[4:6])
    assert_names_one(value_error(load, student, NAMES[:1], NAMES[1:2]), NAMES[:2])


@points(1)
def test_missing_from_the_sequences(student):
    """If a column of the scores file belongs to no window of the sequences file, raise a
    ValueError whose message contains its name. Perhaps only the other direction is checked."""
    for missing in (NAMES[:1], NAMES[-2:]):
        names = [name for name in NAMES if name not in missing]
        assert_names_one(value_error(load, student, names, COLUMNS), missing)
