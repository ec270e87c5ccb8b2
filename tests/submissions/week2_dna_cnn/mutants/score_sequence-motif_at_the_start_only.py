# exercise: score_sequence
# mistake: looks for the motifs at the first position only
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    if seq.startswith("TAT"):
        score += 10
    if seq.startswith("GCG"):
        score -= 10
    return score
