# exercise: collapse_linear
# style: one product of matrices that carry the bias as a last column

def collapse_linear(W1, b1, W2, b2):
    def homogeneous(W, b):
        bottom = W.new_zeros(1, W.shape[1] + 1)
        bottom[0, -1] = 1.0
        return torch.cat([torch.cat([W, b.unsqueeze(1)], dim=1), bottom])

    M = homogeneous(W2, b2) @ homogeneous(W1, b1)
    return M[:-1, :-1], M[:-1, -1]
