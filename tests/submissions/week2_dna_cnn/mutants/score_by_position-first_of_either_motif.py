# exercise: score_by_position
# mistake: only the motif that comes first in the word counts
# caught by: test_falls_with_the_start

def score_by_position(seq):
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    L = len(seq)
    score = sum(points[base] for base in seq) / L
    for i in range(L - 2):
        if seq[i:i + 3] == "TAT":
            return score + 10 * (1 - i / (L - 3))
        if seq[i:i + 3] == "GCG":
            return score - 10 * (1 - i / (L - 3))
    return score
