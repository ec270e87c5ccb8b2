# exercise: reverse_complement
# style: index_select along each of the two dimensions

def reverse_complement(onehot):
    L = onehot.shape[-2]
    backwards = torch.arange(L - 1, -1, -1, device=onehot.device)
    partner = torch.tensor([3, 2, 1, 0], device=onehot.device)
    return onehot.index_select(-2, backwards).index_select(-1, partner)
