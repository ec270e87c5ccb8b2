# exercise: build_optimizer
# style: a table of constructors, imported by name; foreach off

from functools import partial
from torch.optim import SGD, Adam

OPTIMIZERS = {"SGD": partial(SGD, foreach=False), "Adam": partial(Adam, foreach=False)}


def build_optimizer(model, config):
    rate, name = config["learning_rate"], config["optimizer"]
    make = OPTIMIZERS[name]
    return make(list(model.parameters()), lr=rate)
