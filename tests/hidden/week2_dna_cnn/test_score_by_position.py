"""score_by_position(seq): as score_sequence, but a motif counts more the earlier it starts."""

from week2_dna_cnn.helpers import MOTIFS, random_words

from autograder.testing import expect, points

BUILDS_ON = ("score_sequence",)

# float32 has seven digits, and the scores lie between 1 and 30
TOLERANCE = 1e-5


def starts_of(motif, word):
    return [i for i in range(len(word) - 2) if word[i : i + 3] == motif]


def assert_bonus(student, word, expected):
    """Against the same bases in alphabetical order, which hold neither motif."""
    plain = "".join(sorted(word))
    bonus = expect.number(student.score_by_position(word)) - expect.number(
        student.score_by_position(plain)
    )
    assert abs(bonus - expected) < 2 * TOLERANCE, f"{word}: {bonus} over {plain}, not {expected}"


@points(1)
def test_mean_and_full_bonus(student):
    """Without a motif the score is the mean of the bases' points, as in score_sequence. A motif at
    the very start of the word has its full bonus: +10 for TAT, -10 for GCG."""
    cases = {"ACGT": 15.5, "AACCGGTT": 15.5, "GGTTT": 12.2, "CTGACAAA": 17.375}
    for word, expected in cases.items():
        found = expect.number(student.score_by_position(word))
        assert abs(found - expected) < TOLERANCE, f"{word}: {found}, not {expected}"
    for word, bonus in {"TATC": 10, "TATAAAAA": 10, "GCGA": -10, "GCGTTAACC": -10}.items():
        assert_bonus(student, word, bonus)


@points(1)
def test_falls_with_the_start(student):
    """The bonus at start i, counted from 0, is 10 * (1 - i / (L - 3)), whatever the length L of the
    word: divide by L - 3, not by L. It falls from ten at the first start to zero at the last. If
    both motifs occur, each uses its own start."""
    cases = {"CTAT": 0, "AAAAATAT": 0, "AGCG": 0, "CTATC": 5, "CCTATCC": 5, "ATATAAAA": 8}
    cases |= {"AGCGA": -5, "TTTGCGTTT": -5, "TATAGCGA": 8, "GCGATATA": -8}
    for word, bonus in cases.items():
        assert_bonus(student, word, bonus)
    for word in random_words(23, [*range(4, 16)] * 4):
        starts = {motif: starts_of(motif, word) for motif in MOTIFS}
        if max(map(len, starts.values())) < 2:
            parts = (MOTIFS[m] * (1 - i / (len(word) - 3)) for m in MOTIFS for i in starts[m])
            assert_bonus(student, word, sum(parts))


@points(1)
def test_first_start_counts(student):
    """A motif that occurs several times counts once, at its first start, also when the copies
    overlap, as in TATAT. A start of 0 is a start too: `if start:` is False for it."""
    for word in ("TATAT", "TATATAT", "TATTAT", "TATCCTATAA"):
        assert_bonus(student, word, 10)
    for word in ("GCGCG", "GCGGCG", "GCGAAAGCGAGCG"):
        assert_bonus(student, word, -10)
