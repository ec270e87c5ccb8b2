# exercise: collapse_linear
# mistake: adds the two biases without sending the first one through the second layer
# caught by: test_worked_case

def collapse_linear(W1, b1, W2, b2):
    W = W2 @ W1
    b = b1 + b2
    return W, b
