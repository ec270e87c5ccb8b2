"""Measures where accuracy thresholds belong: the reference and simpler models under many seeds.

    make calibrate                       all weeks, 20 seeds
    python tests/calibrate.py WEEK...    some weeks

Writes tests/hidden/WEEK/CALIBRATION.md.

Runs the worked notebook's definitions and training cells in worker processes, once per seed, and
measures as the hidden tests do, on data that students do not have.
"""

import argparse
import contextlib
import importlib
import io
import os
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[1]
HIDDEN = ROOT / "tests" / "hidden"
sys.path[:0] = [str(ROOT), str(HIDDEN)]

from autograder.authoring.directives import FETCH_DATA  # noqa: E402
from autograder.notebook.names import without_magics  # noqa: E402


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


TRAIN_CUBIC = (
    "torch.manual_seed(seed)\nmodel = MLP(1, {0}, 1).to(device)\n"
    "train(model, x_train, y_train, nn.MSELoss(),"
    " torch.optim.{1}(model.parameters(), lr={2}), {3})"
)
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


TUNED = """
best_config = {"learning_rate": 0.01, "batch_size": 32, "num_filters": 16, "kernel_size": 15,
               "optimizer": "Adam"}
"""
DEFAULT = "best_config = dict(default_config)\n"
WIDTH = """
best_config = {{"learning_rate": 0.03, "batch_size": 32, "num_filters": 16, "kernel_size": {},
               "optimizer": "Adam"}}
"""
CALIBRATIONS = {
    "week1_mlp": Calibration(
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
    ),
    "week2_dna_cnn": Calibration(
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
    ),
    "week3a_tf_binding": Calibration(
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
    ),
    "week3b_wandb": Calibration(
        needed=("train_x, train_y =", "def train_epoch", "default_config =", "class ChannelsFirst"),
        skipped=("tuned_model",),
        models={
            "default configuration": DEFAULT + "<tuned_model>\nmodel = tuned_model",
            "default configuration, Adam at 0.003": DEFAULT
            + "best_config |= {'optimizer': 'Adam', 'learning_rate': 0.003}\n"
            + "<tuned_model>\nmodel = tuned_model",
            "width 7, 16 filters, Adam at 0.03": WIDTH.format(7)
            + "<tuned_model>\nmodel = tuned_model",
            "width 9, 16 filters, Adam at 0.03": WIDTH.format(9)
            + "<tuned_model>\nmodel = tuned_model",
            "width 15, 16 filters, Adam at 0.03": WIDTH.format(15)
            + "<tuned_model>\nmodel = tuned_model",
            "tuned_model, as solved": TUNED + "<tuned_model>\nmodel = tuned_model",
        },
        thresholds=("DEFAULT", "PARTLY", "WELL"),
        file="test_tuned_model",
        measure="mean Pearson r over held-out windows with a site",
    ),
}


def namespace(week: str, seed: int) -> tuple[dict, dict[str, str]]:
    """(the names that the needed cells define under this seed, the exercises' cells by name)."""
    calibration = CALIBRATIONS[week]
    (path,) = (ROOT / "source" / week).glob("*.ipynb")
    names: dict = {"__name__": "__main__"}
    exercises: dict[str, str] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        note = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code":
            continue
        if note.get("solution"):
            exercises[note.grade_id] = cell.source
        is_exercise = note.get("solution") and note.grade_id not in calibration.skipped
        is_setup = note.get("grade_id") == "setup"
        is_parameters = "parameters" in cell.metadata.get("tags", ())
        markers = (*calibration.needed, "\nimport ", "\nfrom ", "rcParams")
        is_needed = not note and any(marker in f"\n{cell.source}" for marker in markers)
        if is_exercise or is_setup or is_parameters or is_needed:
            source = without_magics(FETCH_DATA.sub("", cell.source))
            exec(compile(source, note.get("grade_id", "given"), "exec"), names)
        if is_parameters:
            names["seed"] = seed
    return names, exercises


def r_squared(predicted, y) -> float:
    """The coefficient of determination."""
    return float(1 - ((predicted - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def measure(week: str, model) -> float:
    """The value that the week's hidden test measures for a trained model."""
    import numpy as np
    import torch

    model.eval()
    with torch.no_grad():
        if week == "week1_mlp":
            x = torch.linspace(-2, 2, 401)[:, None]
            return r_squared(model(x).double(), x.double() ** 3)
        if week == "week2_dna_cnn":
            helpers = importlib.import_module("week2_dna_cnn.helpers")
            words = helpers.words_of(8)
            x = torch.stack([helpers.one_hot(word) for word in words]).float()
            y = torch.tensor([helpers.score(word) for word in words], dtype=torch.float64)[:, None]
            return r_squared(torch.cat([model(part) for part in x.split(8192)]).double(), y)
        held_out = importlib.import_module("week3a_tf_binding.held_out")
        _, sequences, scores = held_out.windows()
        x = torch.tensor(held_out.one_hot(sequences))
        predicted = torch.cat([model(part) for part in x.split(100)]).double().numpy()
        if week == "week3a_tf_binding":
            return held_out.average_precision(predicted, scores)
        return held_out.mean_pearson(predicted, np.asarray(scores))


def run_seed(week: str, seed: int) -> dict[str, float]:
    """Each model's measure under one seed."""
    import matplotlib as mpl
    import torch

    mpl.use("agg")
    torch.set_num_threads(1)
    os.environ["WANDB_MODE"] = "offline"
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        if (ROOT / "release" / week / "data").is_dir():
            os.symlink(ROOT / "release" / week / "data", "data")
        measured = {}
        for name, code in CALIBRATIONS[week].models.items():
            with contextlib.redirect_stdout(io.StringIO()):
                names, exercises = namespace(week, seed)
                for exercise, source in exercises.items():
                    code = code.replace(f"<{exercise}>", source)
                exec(compile(code, name, "exec"), names)
                measured[name] = measure(week, names["model"])
    return measured


def table(week: str, seeds: int) -> str:
    """The week's table, in Markdown."""
    calibration = CALIBRATIONS[week]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        rows = list(pool.map(run_seed, [week] * seeds, range(seeds)))
    test = importlib.import_module(f"{week}.{calibration.file}")
    lines = [
        f"# {week}: what the thresholds of accuracy stand between",
        "",
        f"{calibration.measure[0].upper()}{calibration.measure[1:]}, "
        f"{seeds} seeds (0 to {seeds - 1}), CPU, one thread, "
        f"PyTorch {version('torch').split('+')[0]}.",
        f"Made by `python tests/calibrate.py {week} --seeds {seeds}`.",
        "",
        "| model | lowest | mean | highest |",
        "|---|---|---|---|",
    ]
    for name in calibration.models:
        values = sorted(row[name] for row in rows)
        mean = sum(values) / len(values)
        lines.append(f"| {name} | {values[0]:.4f} | {mean:.4f} | {values[-1]:.4f} |")
    lines += ["", f"Thresholds in `{calibration.file}.py`:", ""]
    for name in calibration.thresholds:
        threshold = getattr(test, name)
        below = [v for row in rows for v in row.values() if v < threshold]
        above = [v for row in rows for v in row.values() if v >= threshold]
        gap = f"nearest below {max(below):.4f}" if below else "nothing below"
        gap += f", nearest above {min(above):.4f}" if above else ", nothing above"
        lines.append(f"- {name} = {threshold}: {gap}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weeks", nargs="*", choices=[*CALIBRATIONS, []], help="by default all")
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    for week in arguments.weeks or CALIBRATIONS:
        text = table(week, arguments.seeds)
        (HIDDEN / week / "CALIBRATION.md").write_text(text, encoding="utf-8")
        print(text)


if __name__ == "__main__":
    main()
