# exercise: pwm_scan
# mistake: returns the best score only
def pwm_scan(onehot, pwm):
    """Score every place of a sequence with a position weight matrix.

    onehot: float tensor (L, 4). pwm: float tensor (k, 4) of the same dtype, columns in the same
    order, k at most L. Any numbers may be in either.
    Returns a tensor (L - k + 1,): entry i is the sum of the products of rows i to i + k - 1 of
    onehot with the rows of pwm, the first with the first. The pwm is neither flipped nor
    complemented, and neither argument is changed.
    """
    windows = onehot.unfold(0, len(pwm), 1)  # (L - k + 1, 4, k)
    return (windows * pwm.T).sum(dim=(1, 2)).max()
