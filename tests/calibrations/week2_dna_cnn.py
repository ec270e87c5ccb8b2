"""Models of the words of week 2."""

import torch
from support.calibration import Calibration, r_squared
from week2_dna_cnn import helpers

# Trains a model of week 2 with Adam; with `at_mean`, its last bias starts at the mean score.
TRAIN_WORDS = """
torch.manual_seed(seed)
model = {model}.to(device)
if {at_mean}:
    nn.init.constant_(list(model.parameters())[-1], torch.cat([y for _, y in train_dl]).mean())
optimizer = torch.optim.Adam(model.parameters(), lr={lr}, weight_decay={weight_decay})
train_model(model, train_dl, val_dl, optimizer, nn.MSELoss(), device, {rounds} * epochs)
"""


def train_words(model, lr=0.01, at_mean=True, weight_decay=0, rounds=1):
    """Code that trains `model`, an expression, on the training words of week 2."""
    return TRAIN_WORDS.format(
        model=model, lr=lr, at_mean=at_mean, weight_decay=weight_decay, rounds=rounds
    )


CALIBRATION = Calibration(
    needed=("\ntrain_dl =", "\nwords =", "\nBASES ="),
    skipped=("cnn_model",),
    models={
        "DNALinear": train_words("DNALinear(8)", at_mean=False),
        "DNAMLP, 64 units, started at 0": train_words("DNAMLP(8)", at_mean=False),
        "DNAMLP, 64 units, started at the mean": train_words("DNAMLP(8)"),
        "DNAMLP, 256 units, started at the mean": train_words("DNAMLP(8, 256)"),
        "the same with weight decay 0.001, twice the epochs": train_words(
            "DNAMLP(8, 256)", weight_decay=0.001, rounds=2
        ),
        "DNACNN, started at 0": train_words("DNACNN(8)", at_mean=False),
        "cnn_model, as solved": "<cnn_model>\nmodel = cnn_model",
    },
    thresholds=("LEAST_R2",),
    file="test_cnn_model",
    measure="R² over all words of length 8",
)


def measure(model) -> float:
    """The value of `model` on all words of a length."""
    words = helpers.words_of(8)
    x = torch.stack([helpers.one_hot(word) for word in words]).float()
    y = torch.tensor([helpers.score(word) for word in words], dtype=torch.float64)[:, None]
    return r_squared(torch.cat([model(part) for part in x.split(8192)]).double(), y)
