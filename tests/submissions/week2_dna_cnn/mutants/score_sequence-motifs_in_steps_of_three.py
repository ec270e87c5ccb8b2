# exercise: score_sequence
# mistake: cuts the word into codons, and sees a motif only in frame
# caught by: test_each_motif

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    codons = [seq[i:i + 3] for i in range(0, len(seq), 3)]
    if "TAT" in codons:
        score += 10
    if "GCG" in codons:
        score -= 10
    return score
