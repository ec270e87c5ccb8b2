"""Measures where accuracy thresholds belong: the reference and simpler models under many seeds.

    make calibrate                       all weeks, 20 seeds
    python tests/calibrate.py WEEK...    some weeks

Writes tests/hidden/WEEK/CALIBRATION.md. What to train is in tests/calibrations/WEEK.py.

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
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import nbformat

TESTS = Path(__file__).parent
ROOT, HIDDEN = TESTS.parent, TESTS / "hidden"
sys.path[:0] = [str(ROOT), str(HIDDEN), str(TESTS)]

from support.calibration import Calibration  # noqa: E402

from autograder.authoring.directives import FETCH_DATA  # noqa: E402
from autograder.notebook.names import without_magics  # noqa: E402

WEEKS = sorted(path.stem for path in (TESTS / "calibrations").glob("*.py"))


def calibration_of(week: str) -> Calibration:
    """What to train and to measure in a week."""
    return importlib.import_module(f"calibrations.{week}").CALIBRATION


def namespace(week: str, seed: int) -> tuple[dict, dict[str, str]]:
    """(the names that the needed cells define under this seed, the exercises' cells by name)."""
    calibration = calibration_of(week)
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


def measure(week: str, model) -> float:
    """The value that the week's hidden test measures for a trained model."""
    import torch

    model.eval()
    with torch.no_grad():
        return importlib.import_module(f"calibrations.{week}").measure(model)


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
        for name, code in calibration_of(week).models.items():
            with contextlib.redirect_stdout(io.StringIO()):
                names, exercises = namespace(week, seed)
                for exercise, source in exercises.items():
                    code = code.replace(f"<{exercise}>", source)
                exec(compile(code, name, "exec"), names)
                measured[name] = measure(week, names["model"])
    return measured


def table(week: str, seeds: int) -> str:
    """The week's table, in Markdown."""
    calibration = calibration_of(week)
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
    parser.add_argument("weeks", nargs="*", choices=[*WEEKS, []], help="by default all")
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    for week in arguments.weeks or WEEKS:
        text = table(week, arguments.seeds)
        (HIDDEN / week / "CALIBRATION.md").write_text(text, encoding="utf-8")
        print(text)


if __name__ == "__main__":
    main()
