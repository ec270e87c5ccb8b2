# exercise: in_silico_mutagenesis
# style: adds difference vectors to the sequence, and numpy for the result

def in_silico_mutagenesis(model, onehot):
    model.eval()
    effects = np.zeros(tuple(onehot.shape), dtype=np.float32)
    with torch.no_grad():
        before = model(onehot.unsqueeze(0))
        for i in range(onehot.shape[0]):
            for base in (onehot[i] == 0).nonzero().flatten().tolist():
                step = torch.zeros_like(onehot)
                step[i] = -onehot[i]
                step[i, base] += 1
                effects[i, base] = (model((onehot + step).unsqueeze(0)) - before).sum().item()
    return torch.from_numpy(effects)
