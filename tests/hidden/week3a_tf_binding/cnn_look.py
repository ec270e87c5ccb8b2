"""How the tests of TFBindingCNN look at a model: run in the student's kernel."""

LOOK = """
import torch

def module(model):
    if not isinstance(model, torch.nn.Module):
        raise TypeError("not an nn.Module")
    return model

def predict(model, x, training=False):
    # cuDNN's TensorFloat-32 would round each batch size in another way.
    module(model).train(training)
    with torch.no_grad(), torch.backends.cudnn.flags(enabled=False):
        return model(x)

def disturbed(model, scale):
    # Somewhere else in the space of weights: no unit is dead, and no branch begins at zero.
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for p in module(model).parameters():
            p += (scale * torch.randn(p.shape, generator=generator)).to(p)
    return model

def largest_gradients(make, x, cotangent):
    # [(name, number of axes, largest gradient, None where there is none)], over a few models
    found = {}
    for scale in (0.0, 0.03, 0.1, 0.3):
        model = make().to(x.device).train()
        model(x)  # lazy layers take their sizes
        disturbed(model, scale).zero_grad()
        model(x).backward(cotangent)
        for name, p in model.named_parameters():
            axes, before = found.get(name, (p.dim(), None))
            if p.grad is not None:
                largest = float(p.grad.nan_to_num().abs().max())
                before = max(before or 0.0, largest)
            found[name] = (axes, before)
    return [(name, *rest) for name, rest in found.items()]

def state_of(model):
    return {name: value.detach().clone() for name, value in module(model).state_dict().items()}

def watched(model, x):
    # (output, names of what it changed in the model): a state dict may be too large to send
    before = state_of(model)
    y = predict(model, x)
    return y, [name for name, v in state_of(model).items() if not torch.equal(v, before[name])]

def reloaded(make, x):
    # (outputs of a model, outputs of a fresh one that loaded its state dict)
    model = make().to(x.device)
    predict(model, x, True)
    disturbed(model, 0.05)
    fresh = make().to(x.device)
    predict(fresh, x[:1])
    fresh.load_state_dict(state_of(model), strict=True)
    return predict(model, x), predict(fresh, x)

def elsewhere(make, x):
    # On the device "meta", which has shapes but no numbers: the shape that comes out, or where
    # tensors met that were on two devices. A model that must see numbers is let be.
    model = make().to(x.device)
    predict(model, x)
    names = getattr(type(model).forward, "__globals__", {})
    before = names.get("device")
    try:
        if isinstance(before, torch.device):
            names["device"] = torch.device("meta")
        try:
            moved = make()
            if any(torch.nn.parameter.is_lazy(p) for p in moved.parameters()):
                moved = model
            return tuple(moved.to("meta").eval()(x.to("meta")).shape)
        except Exception as error:
            message = str(error)
            apart = "device" in message and "meta" in message and x.device.type in message
            return message if apart else None
    finally:
        if before is not None:
            names["device"] = before
"""
