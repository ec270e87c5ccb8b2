# exercise: collapse_linear
# mistake: keeps only the second layer's bias
# caught by: test_worked_case

def collapse_linear(W1, b1, W2, b2):
    return W2 @ W1, b2
