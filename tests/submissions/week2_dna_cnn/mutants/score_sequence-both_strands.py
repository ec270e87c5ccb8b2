# exercise: score_sequence
# mistake: counts the reverse complements ATA and CGC as motifs too
# caught by: test_each_motif_counts_once

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    if "TAT" in seq or "ATA" in seq:
        score += 10
    if "GCG" in seq or "CGC" in seq:
        score -= 10
    return score
