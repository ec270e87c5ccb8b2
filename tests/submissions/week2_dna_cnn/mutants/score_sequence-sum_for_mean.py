# exercise: score_sequence
# mistake: sums the bases' points instead of averaging them
# caught by: test_mean_of_the_bases

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq)
    if "TAT" in seq:
        score += 10
    if "GCG" in seq:
        score -= 10
    return score
