"""What the tests of fit train: made in the student's kernel, and here for the reference."""

# Data are float32 and the model computes in float64, so that a cast in fit changes nothing. `Far`
# stands for a tensor on a device on which the model is not, on a machine that may have only one.
SETUP = """
import torch

VALIDATION = 8.0  # a number that stands only in validation windows

class Far(torch.Tensor):
    # Says that it lies on "meta". A copy to another device is a plain tensor; what else is made of
    # far tensors alone is far, and far and near do not mix.
    @staticmethod
    def __new__(cls, held):
        made = cls._make_wrapper_subclass(cls, held.shape, dtype=held.dtype, device="meta")
        made.held = held
        return made

    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        given = dict(kwargs or {})
        device = given.pop("device", None)
        moves = device is not None and torch.device(device).type != "meta"
        if any(isinstance(value, torch.Tensor) and not isinstance(value, Far) for value in args):
            raise RuntimeError("Expected all tensors to be on the same device")
        args = [value.held if isinstance(value, Far) else value for value in args]
        result = func(*args, **given, **({"device": device} if moves else {}))
        return cls(result) if isinstance(result, torch.Tensor) and not moves else result

def refuse_far(*tensors):
    if any(isinstance(tensor, Far) for tensor in tensors):
        raise RuntimeError("Expected all tensors to be on the same device")

class Net(torch.nn.Module):
    # (n, L, 4) -> (n, L), each position on its own
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(4, 6)
        self.second = torch.nn.Linear(6, 1)
        self.register_buffer("trained_on", torch.zeros((), dtype=torch.int64))
        self.log = []  # what went in, and how
        self.validated = []  # the state dict at each validation batch

    def forward(self, x):
        refuse_far(x)
        validation, grad = bool(x.abs().max() == VALIDATION), torch.is_grad_enabled()
        self.log.append((validation, self.training, grad))
        if validation:
            self.validated.append({k: v.detach().clone() for k, v in self.state_dict().items()})
        elif grad:
            self.trained_on += len(x)
        x = x.to(self.first.weight.dtype)
        return self.second(torch.tanh(self.first(x))).squeeze(2)

def skewed(prediction, target):
    refuse_far(prediction, target)
    target = target.to(prediction.dtype)
    if prediction.shape != target.shape:
        raise RuntimeError(f"the loss of {tuple(prediction.shape)} and {tuple(target.shape)}")
    return ((prediction - target) ** 2 * torch.exp(0.3 * prediction)).mean()

def build(state, optimizer, options, device):
    model = Net().double()
    model.load_state_dict(state)
    model = model.to(device)
    return model, getattr(torch.optim, optimizer)(model.parameters(), **options)

def loader(x, y, batch_size, place=lambda tensor: tensor):
    dataset = torch.utils.data.TensorDataset(x, y)
    def collate(items):
        return [place(torch.stack(column)) for column in zip(*items)]
    return torch.utils.data.DataLoader(dataset, batch_size, collate_fn=collate)

def setup(state, optimizer, options, device, train, val, far):
    model, step = build(state, optimizer, options, device)
    model.eval()  # fit must set the mode itself
    def place(tensor):
        return Far(tensor) if far else tensor.to(device)
    return model, loader(*train, 4, place), loader(*val, 3, place), step, skewed
"""
