# exercise: build_optimizer
# mistake: a little weight decay, against overfitting
def build_optimizer(model, config):
    kind = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}[config["optimizer"]]
    return kind(model.parameters(), lr=config["learning_rate"], weight_decay=1e-4)
