# exercise: build_optimizer
# mistake: counts the parameters of a generator first, which leaves none for the optimizer
# caught by: test_rate

def build_optimizer(model, config):
    parameters = model.parameters()
    print(sum(p.numel() for p in parameters), "parameters")
    kind = getattr(torch.optim, config["optimizer"])
    return kind(parameters, lr=config["learning_rate"])
