# exercise: build_optimizer
# mistake: forgets the config's rate for SGD, which takes torch's default
# caught by: test_rate

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters())
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
