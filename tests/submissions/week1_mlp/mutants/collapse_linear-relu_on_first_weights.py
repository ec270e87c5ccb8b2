# exercise: collapse_linear
# mistake: puts a ReLU on the first weights, as if the layers still had one between them
# caught by: test_worked_case

def collapse_linear(W1, b1, W2, b2):
    W = W2 @ torch.relu(W1)
    b = W2 @ torch.relu(b1) + b2
    return W, b
