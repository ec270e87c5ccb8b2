# exercise: score_sequence
# mistake: stops one window before the end
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    windows = [seq[i:i + 3] for i in range(len(seq) - 3)]
    if "TAT" in windows:
        score += 10
    if "GCG" in windows:
        score -= 10
    return score
