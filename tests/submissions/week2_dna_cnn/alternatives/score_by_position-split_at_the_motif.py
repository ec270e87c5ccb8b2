# exercise: score_by_position
# style: the text before the motif has the start as its length

def first_bonus(seq, motif):
    before, found, _ = seq.partition(motif)
    if not found:
        return 0.0
    return 10.0 * (1.0 - len(before) / (len(seq) - 3))

def score_by_position(seq: str) -> float:
    mean = np.mean([{"A": 20, "C": 17, "G": 14, "T": 11}[base] for base in seq])
    return float(mean + first_bonus(seq, "TAT") - first_bonus(seq, "GCG"))
