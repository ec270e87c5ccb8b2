# exercise: collapse_linear
# style: sends unit vectors and zero through the two layers, functional API

import torch.nn.functional as F


def collapse_linear(W1, b1, W2, b2):
    identity = torch.eye(W1.shape[1], dtype=W1.dtype, device=W1.device)
    columns = F.linear(F.linear(identity, W1), W2)
    zero = torch.zeros(W1.shape[1], dtype=W1.dtype, device=W1.device)
    b = F.linear(F.linear(zero, W1, b1), W2, b2)
    return columns.T, b
