"""score_sequence(seq): the mean of the bases' scores, plus and minus ten for two motifs."""

from week2_dna_cnn.helpers import MOTIFS, random_words, score

from autograder.testing import expect, points

# float32 has seven digits, and the scores lie between 1 and 30
TOLERANCE = 1e-5


def assert_bonus(student, word, expected):
    """Against the same bases in alphabetical order, which hold neither motif."""
    plain = "".join(sorted(word))
    bonus = expect.number(student.score_sequence(word)) - expect.number(
        student.score_sequence(plain)
    )
    assert abs(bonus - expected) < 2 * TOLERANCE, f"{word}: {bonus} over {plain}, not {expected}"


def assert_score(student, word, expected):
    found = expect.number(student.score_sequence(word))
    assert abs(found - expected) < TOLERANCE, f"{word}: {found}, not {expected}"


@points(1)
def test_mean_of_the_bases(student):
    """Without a motif the score is the mean over the positions, not the sum, of A 20, C 17, G 14
    and T 11: divide by the length of the word, which can be any from 1 on. Return one number."""
    cases = {"A": 20, "C": 17, "G": 14, "T": 11, "AT": 15.5, "CCA": 18, "ACGT": 15.5, "GGTTT": 12.2}
    for word, expected in cases.items():
        assert_score(student, word, expected)
    for length in (1, 4, 8, 30):
        word = "".join(sorted(random_words(22, [length])[0]))
        assert_score(student, word, score(word))


@points(1)
def test_each_motif(student):
    """TAT anywhere in the word adds 10 to the mean, and GCG anywhere subtracts 10: at the start, in
    the middle, at the end, or as the whole word. If both occur, both count (if and if, not elif).
    ATA, TTA, CGC and GGC are not motifs."""
    cases = dict.fromkeys(("TAT", "TATC", "CTAT", "AATATAA", "CGTATGC"), 10)
    cases |= dict.fromkeys(("GCG", "GCGA", "AGCG", "TTGCGTT", "ATGCGTA"), -10)
    cases |= dict.fromkeys(("TATGCG", "GCGTAT", "CTATACGCGC"), 0)
    cases |= dict.fromkeys(("ATA", "TTAA", "CGC", "GGC", "CGTGACAT"), 0)
    for word, expected in cases.items():
        assert_bonus(student, word, expected)


@points(1)
def test_each_motif_counts_once(student):
    """A motif that occurs twice, also with overlap as in TATAT, counts once: the question is
    whether it occurs, not how often."""
    cases = {"TATAT": 10, "TATTAT": 10, "GCGCG": -10, "GCGGCG": -10, "TATATGCGCG": 0}
    for word, expected in cases.items():
        assert_bonus(student, word, expected)
    for word in random_words(22, range(3, 40)):
        assert_bonus(student, word, sum(v for motif, v in MOTIFS.items() if motif in word))
