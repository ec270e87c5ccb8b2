# exercise: build_optimizer
# mistake: optimizes copies of the parameters, so the model itself never changes
# caught by: test_moves_every_parameter

def build_optimizer(model, config):
    parameters = [p.detach().clone().requires_grad_() for p in model.parameters()]
    if config["optimizer"] == "SGD":
        return torch.optim.SGD(parameters, lr=config["learning_rate"])
    return torch.optim.Adam(parameters, lr=config["learning_rate"])
