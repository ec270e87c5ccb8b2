# exercise: reverse_complement
# style: one flip over the last two dimensions

def reverse_complement(onehot):
    return torch.flip(onehot, dims=(-2, -1))
