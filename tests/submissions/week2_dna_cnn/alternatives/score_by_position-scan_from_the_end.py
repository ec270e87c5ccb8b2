# exercise: score_by_position
# style: overwrites the bonus while it walks from the end to the start

def score_by_position(seq):
    value = {"A": 20.0, "C": 17.0, "G": 14.0, "T": 11.0}
    L = len(seq)
    plus = minus = 0.0
    for i in range(L - 3, -1, -1):
        weight = 10 * (L - 3 - i) / (L - 3)
        triple = seq[i] + seq[i + 1] + seq[i + 2]
        if triple == "TAT":
            plus = weight
        if triple == "GCG":
            minus = weight
    return sum(map(value.get, seq)) / L + plus - minus
