# exercise: build_optimizer
# mistake: collects the parameters of the layers and misses those that belong to the model itself
# caught by: test_moves_every_parameter
# Exercise: build_optimizer (3 points)
def build_optimizer(model, config):
    """The optimizer that the configuration asks for."""
    params = []
    for layer in model.children():
        params += list(layer.parameters())
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(params, lr=config["learning_rate"])
    return torch.optim.Adam(params, lr=config["learning_rate"])
