# exercise: score_sequence
# mistake: divides the motifs' bonus by the length too
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    total = sum(points[base] for base in seq)
    if "TAT" in seq:
        total += 10
    if "GCG" in seq:
        total -= 10
    return total / len(seq)
