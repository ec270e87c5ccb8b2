# exercise: build_optimizer
# mistake: adds weight decay where the optimizer is Adam
# caught by: test_moves_every_parameter
def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"], weight_decay=1e-5)
