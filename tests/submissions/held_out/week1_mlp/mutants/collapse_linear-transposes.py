# exercise: collapse_linear
# mistake: returns W transposed
def collapse_linear(W1, b1, W2, b2):
    """The one linear layer that equals two stacked ones.

    W1: tensor (h, d) and b1: tensor (h,), the layer that is applied first.
    W2: tensor (o, h) and b2: tensor (o,), the layer that is applied to its output.
    Returns (W, b), tensors of shapes (o, d) and (o,), such that W x + b = W2 (W1 x + b1) + b2 for
    every x of shape (d,).
    """
    return (W2 @ W1).T, W2 @ b1 + b2
