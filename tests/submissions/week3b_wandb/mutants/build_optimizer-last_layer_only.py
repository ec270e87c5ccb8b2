# exercise: build_optimizer
# mistake: gives the optimizer the parameters of the last layer only
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    last = list(model.children())[-1]
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(last.parameters(), lr=config["learning_rate"])
    return torch.optim.Adam(last.parameters(), lr=config["learning_rate"])
