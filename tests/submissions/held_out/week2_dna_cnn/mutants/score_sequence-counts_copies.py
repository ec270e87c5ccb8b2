# exercise: score_sequence
# mistake: adds 10 for each copy
def score_sequence(seq):
    """Score a DNA sequence.

    seq: a string of upper-case A, C, G, T, of length at least 1.
    Returns a float: the mean over the positions of the base's points (A 20, C 17, G 14, T 11), plus
    10 if TAT occurs anywhere in seq, minus 10 if GCG occurs anywhere. A motif that occurs several
    times counts once. If both motifs occur, both count.
    """
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    score += 10 * seq.count('TAT')
    if "GCG" in seq:
        score -= 10
    return score
