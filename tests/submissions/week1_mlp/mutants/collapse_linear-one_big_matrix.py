# exercise: collapse_linear
# mistake: returns one matrix with the bias as its last column instead of the pair
# caught by: test_shapes

def collapse_linear(W1, b1, W2, b2):
    W = W2 @ W1
    b = W2 @ b1 + b2
    return torch.cat([W, b[:, None]], dim=1)
