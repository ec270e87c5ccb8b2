# exercise: collapse_linear
# style: einsum, returned as a list

def collapse_linear(W1, b1, W2, b2):
    W = torch.einsum("oh,hd->od", W2, W1)
    b = torch.einsum("oh,h->o", W2, b1) + b2
    return [W, b]
