"""Models of the binding of week 3a."""

from support.calibration import Calibration, predictions
from week3a_tf_binding import held_out

DENSE = """
class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.head = nn.Conv1d(4, 16, 15), nn.Linear(16 * 286, 300)
    def forward(self, x):
        return self.head(torch.relu(self.conv(x.transpose(1, 2))).flatten(1))
torch.manual_seed(seed)
model = Dense().to(device)
optimizer = torch.optim.{}(model.parameters(), lr={})
fit(model, train_dl, val_dl, optimizer, nn.MSELoss(), device, {})
"""
CONVOLUTIONS = """
class Convolutions(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 4
        for width in {widths}:
            layers += [nn.Conv1d(channels, {filters}, width, padding="same"), nn.ReLU()]
            channels = {filters}
        self.layers = nn.Sequential(*layers, nn.Conv1d(channels, 1, 1))
    def forward(self, x):
        return self.layers(x.transpose(1, 2)).squeeze(1)
torch.manual_seed(seed)
model = Convolutions().to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
fit(model, train_dl, val_dl, optimizer, nn.MSELoss(), device, {epochs})
"""


def convolutions(*widths: int, filters: int = 16, epochs: int = 8) -> str:
    """Code that trains a network of convolutions with these widths."""
    return CONVOLUTIONS.format(widths=widths, filters=filters, epochs=epochs)


CALIBRATION = Calibration(
    needed=("\ntrain_dl =", "\nBASES =", "load_windows(", "\nonehots =", "rest, test ="),
    skipped=("held_out_accuracy", "write_predictions"),
    models={
        "one convolution, dense layer, SGD 0.01": DENSE.format("SGD", 0.01, 8),
        "one convolution, dense layer, Adam 0.001": DENSE.format("Adam", 0.001, 10),
        "one convolution, dense layer, Adam 0.003": DENSE.format("Adam", 0.003, 10),
        "one convolution of 15": convolutions(15),
        "one convolution of 29": convolutions(29),
        "9 + 9 (sees 17 bases)": convolutions(9, 9),
        "9 + 9, 32 filters, 16 epochs": convolutions(9, 9, filters=32, epochs=16),
        "binding_model, as solved (15 + 15)": "<held_out_accuracy>\nmodel = binding_model",
    },
    thresholds=("FIRST", "SECOND", "THIRD"),
    file="test_held_out_accuracy",
    measure="AUPRC over the positions of held-out windows",
)


def measure(model) -> float:
    """The value of `model` on held-out windows."""
    _, sequences, scores = held_out.windows()
    predicted = predictions(model, held_out.one_hot(sequences))
    return held_out.average_precision(predicted, scores)
