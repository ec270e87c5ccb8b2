# exercise: build_optimizer
# mistake: Adam and SGD the wrong way round
def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
    return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
