# exercise: build_optimizer
# mistake: returns an optimizer for SGD and None for Adam
# caught by: test_rate

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        optimizer = torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
        return optimizer
    elif config["optimizer"] == "Adam":
        optimizer = torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
