# exercise: score_by_position
# mistake: forgets that find returns -1, so that words without a motif get a bonus
# caught by: test_mean_and_full_bonus

def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    L = len(seq)
    score = sum(points[base] for base in seq) / L
    score += 10 * (1 - seq.find("TAT") / (L - 3))
    score -= 10 * (1 - seq.find("GCG") / (L - 3))
    return score
