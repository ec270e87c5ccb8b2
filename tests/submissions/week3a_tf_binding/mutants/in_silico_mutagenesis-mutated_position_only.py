# exercise: in_silico_mutagenesis
# mistake: looks at the prediction at the mutated position only
# caught by: test_bases_that_act_together

def in_silico_mutagenesis(model, onehot):
    model.eval()
    L = onehot.shape[0]
    effects = torch.zeros(L, 4)
    with torch.no_grad():
        reference = model(onehot.unsqueeze(0))[0]
        for i in range(L):
            for base in range(4):
                if onehot[i, base] == 1:
                    continue
                mutant = onehot.clone()
                mutant[i] = 0
                mutant[i, base] = 1
                effects[i, base] = model(mutant.unsqueeze(0))[0, i] - reference[i]
    return effects
