# exercise: build_optimizer
# mistake: reads wandb.config instead of its argument
# caught by: test_rate

def build_optimizer(model, config):
    if wandb.config["optimizer"] == "SGD":
        return torch.optim.SGD(model.parameters(), lr=wandb.config["learning_rate"])
    return torch.optim.Adam(model.parameters(), lr=wandb.config["learning_rate"])
