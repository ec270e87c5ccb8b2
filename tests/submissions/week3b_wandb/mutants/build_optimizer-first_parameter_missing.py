# exercise: build_optimizer
# mistake: leaves the first weight out
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    parameters = list(model.parameters())[1:]
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(parameters, lr=config["learning_rate"])
    return torch.optim.Adam(parameters, lr=config["learning_rate"])
