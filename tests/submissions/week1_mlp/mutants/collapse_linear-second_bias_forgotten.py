# exercise: collapse_linear
# mistake: forgets the second layer's bias
# caught by: test_worked_case

def collapse_linear(W1, b1, W2, b2):
    W = torch.matmul(W2, W1)
    b = torch.matmul(W2, b1)
    return W, b
