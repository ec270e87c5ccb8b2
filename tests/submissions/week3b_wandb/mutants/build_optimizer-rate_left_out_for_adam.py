# exercise: build_optimizer
# mistake: passes no rate to Adam
# caught by: test_rate

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    return torch.optim.Adam(model.parameters())
