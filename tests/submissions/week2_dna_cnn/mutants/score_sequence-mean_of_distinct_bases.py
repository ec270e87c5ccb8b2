# exercise: score_sequence
# mistake: averages over the bases that occur, not over positions
# caught by: test_mean_of_the_bases

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in set(seq)) / len(set(seq))
    if "TAT" in seq:
        score += 10
    if "GCG" in seq:
        score -= 10
    return score
