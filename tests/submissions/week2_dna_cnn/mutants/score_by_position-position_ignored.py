# exercise: score_by_position
# mistake: gives the full 10 wherever the motif lies

def score_by_position(seq):
    return score_sequence(seq)
