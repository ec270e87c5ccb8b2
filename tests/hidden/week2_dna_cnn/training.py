"""A call of train_model, and the plain loop that it is compared with."""

import torch
from week2_dna_cnn.helpers import normal

from autograder.testing import expect, remote

# Made in the student's kernel; run here, too, as the plain loop that theirs is compared with.
SETUP = """
import torch
from torch.utils.data import DataLoader, TensorDataset, default_collate

class Far(torch.Tensor):
    "A tensor on some other device: only a move to the right one makes it of use."
    def to(self, *args, **kwargs):
        wanted = torch._C._nn._parse_to(*args, **kwargs)[0]
        if wanted is None:
            return super().to(*args, **kwargs)
        return self.as_subclass(torch.Tensor).to(*args, **kwargs)

    def cpu(self, *args, **kwargs):
        return self.to("cpu")

    def cuda(self, *args, **kwargs):
        return self.to("cuda")

def far_rows(rows):
    return [part.cpu().as_subclass(Far) for part in default_collate(rows)]

class Watched(torch.nn.Module):
    "Writes down (training?, with gradients?, first column, sum of weights) at every call."
    def __init__(self, net):
        super().__init__()
        self.net = net
        self.log = []

    def forward(self, x):
        if isinstance(x, Far):
            raise RuntimeError("Expected all tensors to be on the same device")
        weights = sum(float(p.detach().sum()) for p in self.net.parameters())
        self.log.append((self.training, torch.is_grad_enabled(), x[:, 0].tolist(), weights))
        return self.net(x)

def network():
    layers = torch.nn.Linear(3, 5), torch.nn.Tanh(), torch.nn.Linear(5, 1)
    return torch.nn.Sequential(*layers).double()

class Drift(torch.optim.SGD):
    "Moves every weight by as much in every step, whatever its gradient is."
    def step(self, closure=None):
        loss = None if closure is None else closure()
        with torch.no_grad():
            for group in self.param_groups:
                for p in group["params"]:
                    p.add_(group["lr"])
        return loss

def skewed(prediction, target):
    return ((prediction - target) ** 2 * torch.exp(0.3 * prediction)).mean()

def near_only(prediction, target):
    if isinstance(prediction, Far) or isinstance(target, Far):
        raise RuntimeError("Expected all tensors to be on the same device")
    return torch.nn.functional.mse_loss(prediction, target)

def setup(device, kind, state, data, lr):
    "(model, train_dl, val_dl, optimizer, loss_fn); batches of 5 and of 4, the last ones smaller."
    net = network()
    net.load_state_dict(state)
    model = Watched(net).to(device)
    tensors = [part.to(device) for part in data]
    collate = far_rows if kind == "far" else None
    train_dl = DataLoader(TensorDataset(*tensors[:2]), batch_size=5, collate_fn=collate)
    val_dl = DataLoader(TensorDataset(*tensors[2:]), batch_size=4, collate_fn=collate)
    if kind == "adam":
        return model, train_dl, val_dl, torch.optim.Adam(model.parameters(), lr=lr), skewed
    if kind == "drift":
        return model, train_dl, val_dl, Drift(model.parameters(), lr=lr), torch.nn.MSELoss()
    loss_fn = near_only if kind == "far" else torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    return model, train_dl, val_dl, optimizer, loss_fn

def change(model, name):
    getattr(model, name)()
"""
HERE = {}
exec(compile(SETUP, "<setup>", "exec"), HERE)


def data(seed, n_train, n_val):
    """[x, y, x of validation, y of validation]; targets of very different size along the rows."""
    parts = []
    for i, n in enumerate((n_train, n_val)):
        x, y = normal(seed + i, n, 3).double(), normal(seed + 50 + i, n, 1).double()
        parts += [x, y + torch.linspace(-2, 4, n, dtype=torch.float64)[:, None]]
    return parts


class Case:
    """One call of train_model, and what the plain loop makes of the same."""

    def __init__(self, seed, kind, n_train, n_val, lr, epochs):
        torch.manual_seed(seed)
        self.data = data(seed, n_train, n_val)
        self.options = (kind, dict(HERE["network"]().state_dict()), self.data, lr)
        self.epochs = epochs

    def run(self, student, evaluate_first=False):
        """(what train_model returned, the model)."""
        made = remote.define(student, SETUP, "setup")(student.device, *self.options)
        model, train_dl, val_dl, optimizer, loss_fn = made
        if evaluate_first:
            remote.define(student, SETUP, "change")(model, "eval")
        arguments = (train_dl, val_dl, optimizer, loss_fn, student.device, self.epochs)
        return student.train_model(model, *arguments), model

    def reference(self):
        """(training losses, validation losses, state dict)."""
        model, train_dl, val_dl, optimizer, loss_fn = HERE["setup"]("cpu", *self.options)
        train_losses, val_losses = [], []
        for _ in range(self.epochs):
            model.train()
            total = 0.0
            for x, y in train_dl:
                loss = loss_fn(model(x), y)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.item() * len(x)
            train_losses.append(total / len(train_dl.dataset))
            model.eval()
            with torch.no_grad():
                total = sum(loss_fn(model(x), y).item() * len(x) for x, y in val_dl)
            val_losses.append(total / len(val_dl.dataset))
        return train_losses, val_losses, model.net.state_dict()


def curves(returned, epochs):
    """The two lists, as lists of numbers."""
    assert type(returned) in (tuple, list) and len(returned) == 2, "not two lists"
    for losses in returned:
        assert type(losses) in (tuple, list), f"{type(losses).__name__}, not a list"
        assert len(losses) == epochs, f"{len(losses)} losses in {epochs} epochs"
    return tuple([expect.number(loss) for loss in losses] for losses in returned)
