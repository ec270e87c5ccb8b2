# exercise: collapse_linear
# mistake: returns the bias as a column (o, 1) instead of (o,)
# caught by: test_shapes

def collapse_linear(W1, b1, W2, b2):
    W = W2 @ W1
    b = W2 @ b1.reshape(-1, 1) + b2.reshape(-1, 1)
    return W, b
