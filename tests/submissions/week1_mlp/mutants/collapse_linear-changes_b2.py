# exercise: collapse_linear
# mistake: adds to the second layer's bias in place, which changes the layer itself
# caught by: test_equals_both_layers

def collapse_linear(W1, b1, W2, b2):
    W = W2 @ W1
    with torch.no_grad():
        b2 += W2 @ b1
    return W, b2
