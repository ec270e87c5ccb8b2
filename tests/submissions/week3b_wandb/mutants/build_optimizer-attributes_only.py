# exercise: build_optimizer
# mistake: reads config.optimizer, which a dict does not have
# caught by: test_rate

def build_optimizer(model, config):
    if config.optimizer == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config.learning_rate)
    return torch.optim.Adam(model.parameters(), lr=config.learning_rate)
