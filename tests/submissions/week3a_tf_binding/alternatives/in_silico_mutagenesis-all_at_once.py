# exercise: in_silico_mutagenesis
# style: all substitutions in batches, and an identity matrix for the new bases

def in_silico_mutagenesis(model, onehot):
    L = len(onehot)
    variants = onehot.repeat(L, 4, 1, 1)
    for i in range(L):
        variants[i, :, i, :] = torch.eye(4, dtype=onehot.dtype, device=onehot.device)
    model.eval()
    with torch.no_grad():
        totals = torch.cat([model(part).sum(dim=1) for part in variants.reshape(4 * L, L, 4).split(128)])
        effects = totals.reshape(L, 4) - model(onehot[None]).sum()
    return effects * (1 - onehot)
