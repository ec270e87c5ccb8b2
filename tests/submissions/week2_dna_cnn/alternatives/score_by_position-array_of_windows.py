# exercise: score_by_position
# style: numpy, with argmax for the first window that matches

def score_by_position(seq):
    codes = np.array(["ACGT".index(base) for base in seq])
    windows = np.lib.stride_tricks.sliding_window_view(codes, 3)
    weights = 10 * np.linspace(1, 0, len(seq) - 2)
    score = np.array([20.0, 17.0, 14.0, 11.0])[codes].mean()
    for motif, sign in (([3, 0, 3], 1), ([2, 1, 2], -1)):
        hit = (windows == motif).all(axis=1)
        if hit.any():
            score += sign * weights[hit.argmax()]
    return score.item()
