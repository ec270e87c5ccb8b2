# exercise: build_optimizer
# mistake: always uses the rate 0.01
# caught by: test_rate

def build_optimizer(model, config):
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=0.01)
    return torch.optim.Adam(model.parameters(), lr=0.01)
