# exercise: score_by_position
# mistake: takes position 0 for absent
def score_by_position(seq):
    """Score a DNA sequence in which early motifs count more.

    seq: a string of upper-case A, C, G, T, of length L at least 4.
    Returns a float, as score_sequence, but if TAT occurs it adds 10 * (1 - i / (L - 3)), where i is
    the position (from 0) at which TAT begins for the first time. GCG, if it occurs, subtracts the
    same expression with its own first start. Later copies of a motif change nothing.
    """
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    for motif, sign in (("TAT", 1), ("GCG", -1)):
        start = seq.find(motif)
        if start > 0:
            score += sign * 10 * (1 - start / (len(seq) - 3))
    return score
