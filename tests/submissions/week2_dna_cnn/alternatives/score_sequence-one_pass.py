# exercise: score_sequence
# style: a single loop that remembers the last two bases

def score_sequence(seq: str) -> float:
    total, bonus_tat, bonus_gcg = 0.0, 0.0, 0.0
    before = ""
    for base in seq:
        total += 20 if base == "A" else 17 if base == "C" else 14 if base == "G" else 11
        before = (before + base)[-3:]
        if before == "TAT":
            bonus_tat = 10.0
        elif before == "GCG":
            bonus_gcg = -10.0
    return total / len(seq) + bonus_tat + bonus_gcg
