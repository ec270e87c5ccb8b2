"""Where the thresholds of accuracy come from: the reference and simpler models over many seeds.

    make calibrate                       all weeks, 20 seeds
    python tests/calibrate.py WEEK...    some weeks

Writes tests/hidden/WEEK/CALIBRATION.md.

Runs the worked notebook's own definitions and training cells in this process, with one seed after
another, and measures as the hidden tests do, on data that no student has.
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
from multiprocessing import get_context
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[1]
HIDDEN = ROOT / "tests" / "hidden"
sys.path[:0] = [str(ROOT), str(HIDDEN)]


@dataclass(frozen=True)
class Plan:
    """What to run of one week. Code runs in the notebook's namespace.

    `needed` marks the given cells that the training needs; `skipped` are exercises that are not
    run as they stand; `models` maps each model's name to code that trains it as `model` (a
    notebook's exercise cell by its name in angle brackets). `thresholds` are names in the test
    `file`.
    """

    needed: tuple[str, ...]
    skipped: tuple[str, ...]
    models: dict[str, str]
    thresholds: tuple[str, ...]
    file: str
    measure: str


TRAIN_WORDS = "\ntorch.manual_seed(seed)\nmodel = {}.to(device)\n" + (
    "train_model(model, train_dl, val_dl, torch.optim.Adam(model.parameters(), lr={}),"
    " nn.MSELoss(), device, epochs)"
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
fit(model, train_dl, val_dl, optimizer, nn.MSELoss(), device, epochs)
"""
TUNED = """
best_config = {"learning_rate": 0.003, "batch_size": 32, "num_filters": 32, "kernel_size": 15,
               "optimizer": "Adam"}
"""
DEFAULT = "best_config = dict(default_config)\n"
PLANS = {
    "week1_mlp": Plan(
        needed=("x_train =", "x_fit =", "def design_matrix"),
        skipped=(),
        models={
            "line": "torch.manual_seed(seed)\nmodel = nn.Linear(1, 1)\n"
            "train(model, x_train, y_train, nn.MSELoss(),"
            " torch.optim.Adam(model.parameters(), lr=0.02), epochs)",
            "cubic_model, as solved": "<cubic_model>\nmodel = cubic_model",
        },
        thresholds=("LEAST_R2",),
        file="test_cubic_model",
        measure="R² on unseen points",
    ),
    "week2_dna_cnn": Plan(
        needed=("train_dl =", "words =", "BASES ="),
        skipped=("cnn_model",),
        models={
            "DNALinear": TRAIN_WORDS.format("DNALinear(8)", 0.01),
            "DNAMLP": TRAIN_WORDS.format("DNAMLP(8)", 0.01),
            "cnn_model, as solved": "<cnn_model>\nmodel = cnn_model",
        },
        thresholds=("LEAST_R2",),
        file="test_cnn_model",
        measure="R² over all words of length 8",
    ),
    "week3a_tf_binding": Plan(
        needed=("\ntrain_dl =", "\nBASES =", "load_windows(", "\nonehots =", "rest, test ="),
        skipped=("held_out_accuracy", "predict"),
        models={
            "one convolution, dense layer, SGD": DENSE.format("SGD", 0.01),
            "one convolution, dense layer, Adam": DENSE.format("Adam", 0.001),
            "binding_model, as solved": "<held_out_accuracy>\nmodel = binding_model",
        },
        thresholds=("FIRST", "SECOND", "THIRD"),
        file="test_held_out_accuracy",
        measure="mean Pearson r over held-out windows with a site",
    ),
    "week3b_wandb": Plan(
        needed=("train_x, train_y =", "def train_epoch", "default_config =", "class ChannelsFirst"),
        skipped=("tuned_model",),
        models={
            "default configuration": DEFAULT + "<tuned_model>\nmodel = tuned_model",
            "tuned_model, as solved": TUNED + "<tuned_model>\nmodel = tuned_model",
        },
        thresholds=("DEFAULT", "TUNED"),
        file="test_tuned_model",
        measure="mean Pearson r over held-out windows with a site",
    ),
}


def namespace(week: str, seed: int) -> tuple[dict, dict[str, str]]:
    """(the names that the week's needed cells define under this seed, exercise cells by name)."""
    plan = PLANS[week]
    (path,) = (ROOT / "source" / week).glob("*.ipynb")
    names: dict = {"__name__": "__main__"}
    exercises: dict[str, str] = {}
    for cell in nbformat.read(path, as_version=4).cells:
        note = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code":
            continue
        if note.get("solution"):
            exercises[note.grade_id] = cell.source
        wanted = note.get("solution") and note.grade_id not in plan.skipped
        wanted = (
            wanted
            or note.get("grade_id") == "setup"
            or "parameters" in cell.metadata.get("tags", ())
        )
        needed = (*plan.needed, "\nimport ", "\nfrom ", "rcParams")
        given = not note and any(marker in f"\n{cell.source}" for marker in needed)
        if wanted or given:
            exec(compile(cell.source, note.get("grade_id", "given"), "exec"), names)
        if "parameters" in cell.metadata.get("tags", ()):
            names["seed"] = seed
    return names, exercises


def r_squared(predicted, y) -> float:
    return float(1 - ((predicted - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def measure(week: str, model) -> float:
    """What the week's hidden test measures of a trained model."""
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
        found = torch.cat([model(part) for part in x.split(100)]).double().numpy()
        return held_out.mean_pearson(found, np.asarray(scores))


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
        found = {}
        for name, code in PLANS[week].models.items():
            with contextlib.redirect_stdout(io.StringIO()):
                names, exercises = namespace(week, seed)
                for exercise, source in exercises.items():
                    code = code.replace(f"<{exercise}>", source)
                exec(compile(code, name, "exec"), names)
                found[name] = measure(week, names["model"])
    return found


def table(week: str, seeds: int) -> str:
    """The week's table, in Markdown."""
    plan = PLANS[week]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        rows = list(pool.map(run_seed, [week] * seeds, range(seeds)))
    test = importlib.import_module(f"{week}.{plan.file}")
    lines = [
        f"# {week}: what the thresholds of accuracy stand between",
        "",
        f"{plan.measure[0].upper()}{plan.measure[1:]}, {seeds} seeds (0 to {seeds - 1}), CPU, one "
        f"thread, PyTorch {importlib.import_module('torch').__version__.split('+')[0]}.",
        f"Made by `python tests/calibrate.py {week} --seeds {seeds}`.",
        "",
        "| model | lowest | mean | highest |",
        "|---|---|---|---|",
    ]
    for name in plan.models:
        values = sorted(row[name] for row in rows)
        mean = sum(values) / len(values)
        lines.append(f"| {name} | {values[0]:.4f} | {mean:.4f} | {values[-1]:.4f} |")
    lines += ["", f"Thresholds in `{plan.file}.py`:", ""]
    for name in plan.thresholds:
        threshold = getattr(test, name)
        below = [v for row in rows for v in row.values() if v < threshold]
        above = [v for row in rows for v in row.values() if v >= threshold]
        gap = f"nearest below {max(below):.4f}" if below else "nothing below"
        gap += f", nearest above {min(above):.4f}" if above else ", nothing above"
        lines.append(f"- {name} = {threshold}: {gap}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weeks", nargs="*", choices=[*PLANS, []], help="by default all")
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    for week in arguments.weeks or PLANS:
        text = table(week, arguments.seeds)
        (HIDDEN / week / "CALIBRATION.md").write_text(text, encoding="utf-8")
        print(text)


if __name__ == "__main__":
    main()
