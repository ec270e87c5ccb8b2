# exercise: in_silico_mutagenesis
# mistake: takes the gradient for the effect of a substitution
# caught by: test_bases_that_act_together

def in_silico_mutagenesis(model, onehot):
    model.eval()
    x = onehot.clone().unsqueeze(0).requires_grad_(True)
    gradient = torch.autograd.grad(model(x).sum(), x)[0][0]
    return gradient - (gradient * onehot).sum(dim=1, keepdim=True)
