# exercise: build_optimizer
# mistake: returns Adam, whatever the config names
# caught by: test_kind

def build_optimizer(model, config):
    return torch.optim.Adam(model.parameters(), lr=config["learning_rate"])
