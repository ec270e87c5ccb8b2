# exercise: score_by_position
# style: corrects score_sequence by the part of the bonus that is lost

def score_by_position(seq):
    score = score_sequence(seq)
    for motif, sign in [("TAT", 1), ("GCG", -1)]:
        if motif in seq:
            score -= sign * 10 * seq.index(motif) / (len(seq) - 3)
    return score
