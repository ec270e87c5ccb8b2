# exercise: build_optimizer
# mistake: leaves the biases out
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    weights = [p for p in model.parameters() if p.dim() > 1]
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(weights, lr=config["learning_rate"])
    return torch.optim.Adam(weights, lr=config["learning_rate"])
