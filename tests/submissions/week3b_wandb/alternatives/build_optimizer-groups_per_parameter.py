# exercise: build_optimizer
# style: a parameter group for each parameter and a match statement; the rate as the optimizer's default

def build_optimizer(model: nn.Module, config) -> torch.optim.Optimizer:
    groups = [{"params": [parameter]} for _, parameter in model.named_parameters()]
    match config["optimizer"]:
        case "SGD":
            return torch.optim.SGD(groups, lr=float(config["learning_rate"]), momentum=0)
        case "Adam":
            return torch.optim.Adam(groups, lr=float(config["learning_rate"]), weight_decay=0)
        case other:
            raise ValueError(f"unknown optimizer {other!r}")
