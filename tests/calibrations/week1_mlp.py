"""Models of the cubic curve of week 1."""

import torch
from support.calibration import Calibration, r_squared

TRAIN_CUBIC = (
    "torch.manual_seed(seed)\nmodel = MLP(1, {0}, 1).to(device)\n"
    "train(model, x_train, y_train, nn.MSELoss(),"
    " torch.optim.{1}(model.parameters(), lr={2}), {3})"
)

CALIBRATION = Calibration(
    needed=("x_train =", "x_fit =", "def design_matrix"),
    skipped=(),
    models={
        "line": "torch.manual_seed(seed)\nmodel = nn.Linear(1, 1)\n"
        "train(model, x_train, y_train, nn.MSELoss(),"
        " torch.optim.Adam(model.parameters(), lr=0.02), epochs)",
        "4 hidden units, Adam at 0.02": TRAIN_CUBIC.format(4, "Adam", 0.02, "epochs"),
        "10 hidden units, SGD at 0.01": TRAIN_CUBIC.format(10, "SGD", 0.01, "epochs"),
        "10 hidden units, Adam at 0.01": TRAIN_CUBIC.format(10, "Adam", 0.01, "epochs"),
        "16 hidden units, Adam at 0.01": TRAIN_CUBIC.format(16, "Adam", 0.01, "epochs"),
        "64 hidden units, Adam at 0.01": TRAIN_CUBIC.format(64, "Adam", 0.01, "epochs"),
        "64 hidden units, SGD at 0.01, 5000 epochs": TRAIN_CUBIC.format(64, "SGD", 0.01, 5000),
        "cubic_model, as solved": "<cubic_model>\nmodel = cubic_model",
    },
    thresholds=("LEAST_R2",),
    file="test_cubic_model",
    measure="R² on unseen points",
)


def measure(model) -> float:
    """The value of `model` on points between those of the training."""
    x = torch.linspace(-2, 2, 401)[:, None]
    return r_squared(model(x).double(), x.double() ** 3)
