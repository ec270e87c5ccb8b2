# exercise: build_optimizer
# mistake: compares with sgd in lower case, so SGD falls through to Adam
# caught by: test_kind

def build_optimizer(model, config):
    if config["optimizer"] == "sgd":
        return torch.optim.SGD(model.parameters(), lr=config["learning_rate"])
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
