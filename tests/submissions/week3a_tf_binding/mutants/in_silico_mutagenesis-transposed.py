# exercise: in_silico_mutagenesis
# mistake: returns (4, L)
# caught by: test_worked_case

def in_silico_mutagenesis(model, onehot):
    model.eval()
    L = onehot.shape[0]
    effects = torch.zeros(L, 4)
    with torch.no_grad():
        reference = model(onehot.unsqueeze(0)).sum()
        for i in range(L):
            for base in range(4):
                if onehot[i, base] == 1:
                    continue
                mutant = onehot.clone()
                mutant[i] = 0
                mutant[i, base] = 1
                effects[i, base] = model(mutant.unsqueeze(0)).sum() - reference
    return effects.T
