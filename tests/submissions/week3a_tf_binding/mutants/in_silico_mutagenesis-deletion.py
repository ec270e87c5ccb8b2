# exercise: in_silico_mutagenesis
# mistake: compares with the position deleted, so that the reference base is not at 0
# caught by: test_worked_case

def in_silico_mutagenesis(model, onehot):
    model.eval()
    L = onehot.shape[0]
    effects = torch.zeros(L, 4)
    with torch.no_grad():
        reference = model(onehot.unsqueeze(0)).sum()
        for i in range(L):
            for base in range(4):
                mutant = onehot.clone()
                mutant[i] = 0
                mutant[i, base] = 1
                deleted = onehot.clone()
                deleted[i] = 0
                base_line = model(deleted.unsqueeze(0)).sum()
                effects[i, base] = model(mutant.unsqueeze(0)).sum() - base_line
    return effects
