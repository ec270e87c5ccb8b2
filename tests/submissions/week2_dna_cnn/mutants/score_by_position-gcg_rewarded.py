# exercise: score_by_position
# mistake: adds GCG's bonus instead of subtracting it
# caught by: test_first_start_counts

def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    L = len(seq)
    score = sum(points[base] for base in seq) / L
    i = seq.find("TAT")
    if i >= 0:
        score += 10 * (1 - i / (L - 3))
    i = seq.find("GCG")
    if i >= 0:
        score += 10 * (1 - i / (L - 3))
    return score
