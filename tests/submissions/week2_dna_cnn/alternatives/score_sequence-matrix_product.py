# exercise: score_sequence
# style: the points as a vector times the mean of the one-hot rows

def score_sequence(seq):
    counts = np.array([[base == letter for letter in "ACGT"] for base in seq], dtype=float)
    score = counts.mean(axis=0) @ np.array([20.0, 17.0, 14.0, 11.0])
    windows = {seq[i:i + 3] for i in range(max(0, len(seq) - 2))}
    bonus = {"TAT": 10.0, "GCG": -10.0}
    return float(score + sum(b for motif, b in bonus.items() if motif in windows))
