# exercise: score_by_position
# mistake: returns the motifs' bonus alone, without the mean
# caught by: test_mean_and_full_bonus

def score_by_position(seq):
    L = len(seq)
    score = 0.0
    if "TAT" in seq:
        score += 10 * (1 - seq.index("TAT") / (L - 3))
    if "GCG" in seq:
        score -= 10 * (1 - seq.index("GCG") / (L - 3))
    return score
