# exercise: cnn_model
# mistake: wraps score_sequence itself, without learning anything
# caught by: test_form

def cnn_model(x):
    found = ["".join("ACGT"[j] for j in row.argmax(dim=1)) for row in x.cpu()]
    return torch.tensor([[score_sequence(word)] for word in found])
