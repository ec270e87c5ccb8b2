# exercise: build_optimizer
# mistake: gives the optimizer the first layer's parameters only
def build_optimizer(model, config):
    kind = torch.optim.SGD if config["optimizer"] == "SGD" else torch.optim.Adam
    return kind(next(model.children()).parameters(), lr=config["learning_rate"])
