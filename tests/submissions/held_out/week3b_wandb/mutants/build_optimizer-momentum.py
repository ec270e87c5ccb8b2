# exercise: build_optimizer
# mistake: adds momentum
def build_optimizer(model, config):
    """The optimizer that the configuration asks for.

    model: an nn.Module. config: a mapping with "optimizer", which is "SGD" or "Adam", and
    "learning_rate". Returns a torch.optim.SGD or torch.optim.Adam over all parameters of the model,
    at that rate, with PyTorch's defaults otherwise (no momentum, no weight decay).
    """
    kinds = {"SGD": lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9), "Adam": torch.optim.Adam}
    return kinds[config["optimizer"]](model.parameters(), lr=config["learning_rate"])
