# exercise: score_by_position
# mistake: numbers the starts from 1
# caught by: test_mean_and_full_bonus

def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    L = len(seq)
    score = sum(points[base] for base in seq) / L
    i = seq.find("TAT")
    if i >= 0:
        score += 10 * (1 - (i + 1) / (L - 3))
    i = seq.find("GCG")
    if i >= 0:
        score -= 10 * (1 - (i + 1) / (L - 3))
    return score
