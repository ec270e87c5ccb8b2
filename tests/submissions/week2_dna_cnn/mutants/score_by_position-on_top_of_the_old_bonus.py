# exercise: score_by_position
# mistake: adds to score_sequence, which has given the motif's 10 already
# caught by: test_mean_and_full_bonus

def score_by_position(seq):
    score = score_sequence(seq)
    L = len(seq)
    if "TAT" in seq:
        score += 10 * (1 - seq.index("TAT") / (L - 3))
    if "GCG" in seq:
        score -= 10 * (1 - seq.index("GCG") / (L - 3))
    return score
