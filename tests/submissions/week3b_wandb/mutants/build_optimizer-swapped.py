# exercise: build_optimizer
# mistake: returns Adam for SGD and SGD for Adam
# caught by: test_kind

def build_optimizer(model, config):
    if config["optimizer"] != "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
