# exercise: build_optimizer
# mistake: adds momentum to SGD
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"], momentum=0.9)
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
