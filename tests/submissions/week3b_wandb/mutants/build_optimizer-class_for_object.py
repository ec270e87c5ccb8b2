# exercise: build_optimizer
# mistake: returns the optimizer's class, not an optimizer
# caught by: test_rate

def build_optimizer(model, config):
    return {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}[config["optimizer"]]
