# exercise: reverse_complement
# style: stacks the four columns in a new order

def reverse_complement(onehot):
    a, c, g, t = onehot.unbind(-1)
    return torch.stack([column.flip(-1) for column in (t, g, c, a)], dim=-1)
