# exercise: in_silico_mutagenesis
# mistake: works on the sequence itself and does not restore its last row
# caught by: test_what_goes_in
def in_silico_mutagenesis(model, onehot):
    model.eval()
    change = torch.zeros(onehot.shape)
    with torch.no_grad():
        reference = model(onehot[None]).sum()
        kept = onehot.clone()
        for i in range(len(onehot)):
            if i:
                onehot[i - 1] = kept[i - 1]
            for base in range(4):
                onehot[i] = 0
                onehot[i, base] = 1
                change[i, base] = model(onehot[None]).sum() - reference
    return change
