# exercise: score_sequence
# mistake: gives the bonus for every occurrence instead of once
# caught by: test_each_motif_counts_once

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    score += 10 * seq.count("TAT")
    score -= 10 * seq.count("GCG")
    return score
