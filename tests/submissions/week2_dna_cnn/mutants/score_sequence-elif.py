# exercise: score_sequence
# mistake: a word that has both motifs gets TAT's bonus only
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    if "TAT" in seq:
        score += 10
    elif "GCG" in seq:
        score -= 10
    return score
