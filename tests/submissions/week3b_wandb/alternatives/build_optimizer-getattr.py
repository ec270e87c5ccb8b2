# exercise: build_optimizer
# style: looks the name up in torch.optim

def build_optimizer(model, config):
    return getattr(torch.optim, config["optimizer"])(model.parameters(), lr=config["learning_rate"])
