# exercise: build_optimizer
# mistake: Adam with betas of its own in place of PyTorch's defaults
# caught by: test_moves_every_parameter
# Exercise: build_optimizer (3 points)
def build_optimizer(model, config):
    """The optimizer that the configuration asks for."""
    if config["optimizer"] == "Adam":
        return torch.optim.Adam(
            model.parameters(), lr=config["learning_rate"], betas=(0.5, 0.999))
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    raise ValueError(f"unknown optimizer {config['optimizer']}")
