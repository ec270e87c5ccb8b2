# exercise: score_sequence
# mistake: takes 10 away for TAT and adds 10 for GCG
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = np.mean([points[base] for base in seq])
    if "TAT" in seq:
        score -= 10
    if "GCG" in seq:
        score += 10
    return float(score)
