# exercise: score_sequence
# mistake: looks for TATA instead of TAT
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    if "TATA" in seq:
        score += 10
    if "GCG" in seq:
        score -= 10
    return score
