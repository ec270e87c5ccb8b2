# exercise: score_sequence
# mistake: gives T 14 and G 11
# caught by: test_mean_of_the_bases

def score_sequence(seq):
    points = {"A": 20, "C": 17, "G": 11, "T": 14}
    score = sum(points[base] for base in seq) / len(seq)
    if "TAT" in seq:
        score += 10
    if "GCG" in seq:
        score -= 10
    return score
