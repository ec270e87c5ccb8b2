# exercise: build_optimizer
# mistake: takes the rate from default_config
def build_optimizer(model, config):
    kind = getattr(torch.optim, config["optimizer"])
    return kind(model.parameters(), lr=default_config["learning_rate"])
