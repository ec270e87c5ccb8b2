# exercise: collapse_linear
# style: torch.mm and torch.addmv without gradients

@torch.no_grad()
def collapse_linear(W1, b1, W2, b2):
    return torch.mm(W2, W1), torch.addmv(b2, W2, b1)
