# exercise: build_optimizer
# mistake: returns AdamW for Adam, which decays the weights
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    return torch.optim.AdamW(model.parameters(), lr=config["learning_rate"])
