# exercise: score_by_position
# mistake: rounds the bonus to whole points
# caught by: test_falls_with_the_start
def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    for motif, sign in (("TAT", 1), ("GCG", -1)):
        start = seq.find(motif)
        if start >= 0:
            score += sign * round(10 * (1 - start / (len(seq) - 3)))
    return score
