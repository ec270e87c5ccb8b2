# exercise: score_by_position
# mistake: divides the start by L - 2, the number of windows
# caught by: test_falls_with_the_start

def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    L = len(seq)
    score = sum(points[base] for base in seq) / L
    i = seq.find("TAT")
    if i >= 0:
        score += 10 * (1 - i / (L - 2))
    i = seq.find("GCG")
    if i >= 0:
        score -= 10 * (1 - i / (L - 2))
    return score
