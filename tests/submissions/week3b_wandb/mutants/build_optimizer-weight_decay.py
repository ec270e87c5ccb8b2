# exercise: build_optimizer
# mistake: adds weight decay to both
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"], weight_decay=1e-4)
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"], weight_decay=1e-4)
