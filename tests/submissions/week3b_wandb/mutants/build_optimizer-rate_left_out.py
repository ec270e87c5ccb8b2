# exercise: build_optimizer
# mistake: passes no rate, so PyTorch's default stays
# caught by: test_rate

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters())
    return torch.optim.Adam(model.parameters())
