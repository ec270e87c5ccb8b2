# exercise: build_optimizer
# mistake: always Adam
def build_optimizer(model, config):
    """The optimizer that the configuration asks for.

    model: an nn.Module. config: a mapping with "optimizer", which is "SGD" or "Adam", and
    "learning_rate". Returns a torch.optim.SGD or torch.optim.Adam over all parameters of the model,
    at that rate, with PyTorch's defaults otherwise (no momentum, no weight decay).
    """
    kinds = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
