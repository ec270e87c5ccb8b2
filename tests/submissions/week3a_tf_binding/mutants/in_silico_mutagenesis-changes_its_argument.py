# exercise: in_silico_mutagenesis
# mistake: writes the substitutions into the sequence that it was given
# caught by: test_what_goes_in

def in_silico_mutagenesis(model, onehot):
    model.eval()
    effects = torch.zeros(len(onehot), 4)
    with torch.no_grad():
        reference = model(onehot[None]).sum()
        for i in range(len(onehot)):
            for base in range(4):
                onehot[i] = torch.eye(4)[base]
                effects[i, base] = model(onehot[None]).sum() - reference
    return effects
