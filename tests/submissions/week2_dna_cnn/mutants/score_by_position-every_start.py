# exercise: score_by_position
# mistake: adds the bonus of every occurrence, not the first one's only
# caught by: test_first_start_counts

def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    L = len(seq)
    score = sum(points[base] for base in seq) / L
    for i in range(L - 2):
        if seq[i:i + 3] == "TAT":
            score += 10 * (1 - i / (L - 3))
        if seq[i:i + 3] == "GCG":
            score -= 10 * (1 - i / (L - 3))
    return score
