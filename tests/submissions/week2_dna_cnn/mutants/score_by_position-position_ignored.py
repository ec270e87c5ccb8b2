# exercise: score_by_position
# mistake: gives the full 10 wherever the motif lies
# caught by: test_falls_with_the_start

def score_by_position(seq):
    return score_sequence(seq)
