# exercise: build_optimizer
# mistake: reads default_config instead of its argument
# caught by: test_kind

def build_optimizer(model, config):
    if default_config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=default_config["learning_rate"])
    return torch.optim.Adam(model.parameters(), lr=default_config["learning_rate"])
