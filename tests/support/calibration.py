"""What a week's calibration says: the models that are trained, and what is measured.

tests/calibrations/WEEK.py has one, as `CALIBRATION`, and a function `measure(model)`.
"""

from dataclasses import dataclass

import numpy as np
import torch


@dataclass(frozen=True)
class Calibration:
    """What to run and to measure in one week. Code runs in the notebook's namespace.

    `needed` are texts that mark the given cells which the training needs. `skipped` are exercises
    whose cells are not run. `models` maps each model's name to code that trains it as `model`; in
    that code `<NAME>` stands for the cell of an exercise. `thresholds` are constants in the test
    `file`, and `measure` describes what the test measures.
    """

    needed: tuple[str, ...]
    skipped: tuple[str, ...]
    models: dict[str, str]
    thresholds: tuple[str, ...]
    file: str
    measure: str


def r_squared(predicted, y) -> float:
    """The coefficient of determination."""
    return float(1 - ((predicted - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def predictions(model, onehots: np.ndarray) -> np.ndarray:
    """What a model gives for windows (n, 300, 4), as float64 (n, 300): 100 windows at a time."""
    parts = torch.tensor(onehots).split(100)
    return torch.cat([model(part) for part in parts]).double().numpy()
