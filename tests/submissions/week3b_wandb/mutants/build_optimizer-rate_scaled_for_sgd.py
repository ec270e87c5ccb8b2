# exercise: build_optimizer
# mistake: makes the rate ten times larger for SGD
# caught by: test_rate

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=10 * config["learning_rate"])
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
