"""Windows of chromosomes that no student has, and what a submission predicts for them.

The files in data/ have the course's format; a course may put real ones in their place.
"""

import csv
import gzip
import hashlib
import io
import math
from functools import cache
from pathlib import Path

import numpy as np

from autograder.testing import Raised, StudentError, Unserializable, expect, remote

DATA = Path(__file__).parent / "data"
SCRIPT, WEIGHTS = "predict.py", "model_weights.pt"
OUT = "scores_of_the_class.csv"  # a name that nobody would write into a script
WINDOW = 300
MOST = 1000  # windows of a chromosome: more would not fit into a call's time
MAX_TABLE = 32 * 2**20  # bytes; 400 windows take about two million
# Runs a script as on a machine that has only what a prediction needs.
ALONE = """
import builtins, os, runpy, sys

allowed = {"torch", "numpy", "pandas", *sys.stdlib_module_names}
real = builtins.__import__

def only_allowed(name, globals=None, locals=None, fromlist=(), level=0):
    asks = (globals or {}).get("__name__")
    if asks == "__main__" and level == 0 and name.partition(".")[0] not in allowed:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return real(name, globals, locals, fromlist, level)

sys.argv = sys.argv[1:]
builtins.__import__ = only_allowed
runpy.run_path(os.path.abspath(sys.argv[0]), run_name="__main__")
"""
PREDICT = """
import torch

def predict(model, onehots, device):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        out = torch.cat([model(part.to(device)) for part in torch.tensor(onehots).split(50)])
    model.train(was_training)
    return out
"""
# Gives a copy of a model the weights of a file, which comes in parts.
LOAD = """
import copy, io, torch

held = io.BytesIO()

def load(part, model, device):
    held.write(part)
    if model is None:
        return None
    held.seek(0)
    model = copy.deepcopy(model).to(device)
    model.load_state_dict(torch.load(held, map_location=device, weights_only=True))
    return model
"""
PART = 4 * 2**20  # bytes that a call sends
# What runs gave, by what they were run on: predictions, or the error of a run that gave none.
KNOWN: dict[bytes, np.ndarray | StudentError] = {}
CODES = np.full(256, 4, dtype=np.intp)  # N, and whatever else is no base, is a row of zeros
for _code, _base in enumerate("ACGT"):
    CODES[ord(_base)] = CODES[ord(_base.lower())] = _code


class NoPredictions(StudentError):
    """predict.py left no table that can be read."""

    outcome = Unserializable.outcome


@cache
def windows():
    """(names, sequences, scores (n, 300) float64), rows in the sequences' order.

    Of a chromosome with many windows, MOST of them, evenly spaced.
    """
    names, sequences, scores = [], [], []
    for path in sorted(DATA.glob("*_sequences.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        rows = rows[:: math.ceil(len(rows) / MOST)]
        with gzip.open(str(path).replace("_sequences", "_scores"), "rt", encoding="utf-8") as file:
            table = csv.reader(file, delimiter="\t")
            at = {name: index for index, name in enumerate(next(table))}
            chosen = [at[row["window_name"]] for row in rows]
            values = np.array([[float(line[i]) for i in chosen] for line in table])
        names += [row["window_name"] for row in rows]
        sequences += [row["sequence"] for row in rows]
        scores.append(values.T)
    return names, sequences, np.concatenate(scores)


def with_n():
    """{name: sequence}: some windows with N in them, in capital letters."""
    names, sequences, _ = windows()
    chosen = zip(names[40:44], sequences[40:44], strict=True)
    return {f"{name}_n": (s[:60] + "N" * 20 + s[80:]).upper() for name, s in chosen}


def lower_case():
    """{name: sequence}: the same windows, in part in lower case."""
    return {
        name.replace("_n", "_lower"): s[:100] + s[100:200].lower() + s[200:]
        for name, s in with_n().items()
    }


@cache
def asked_for():
    """{name: sequence}: all that tests ask predict.py for. The windows come from the last."""
    names, sequences, _ = windows()
    return dict(zip(names[::-1], sequences[::-1], strict=True)) | with_n() | lower_case()


def one_hot(sequences):
    """float32 (n, L, 4), N a row of zeros."""
    codes = CODES[np.array([list(s.encode()) for s in sequences])]
    return np.eye(5, dtype=np.float32)[codes][..., :4]


def sequences_file(names, sequences):
    """A sequences file of the course's format, gzipped."""
    lines = ["window_name\tsequence", *map("\t".join, zip(names, sequences, strict=True))]
    return gzip.compress("\n".join([*lines, ""]).encode(), mtime=0)


def mean_pearson(predicted, observed):
    """Mean Pearson r over the windows that have a site; 0 for a constant prediction."""
    kept = [(p, o) for p, o in zip(predicted, observed, strict=True) if o.any()]
    total = 0.0
    for p, o in kept:
        p, o = p - p.mean(), o - o.mean()
        size = math.sqrt(float((p @ p) * (o @ o)))
        total += float(p @ o) / size if size > 1e-9 else 0.0
    return total / len(kept)


def average_precision(predicted, observed):
    """Area under the precision-recall curve of all positions (n, L): does a site cover them?

    Equal predictions are called together, as in scikit-learn's average_precision_score. It is 0
    where a prediction is not a number.
    """
    scores, covered = np.asarray(predicted, dtype=np.float64).ravel(), np.ravel(observed) > 0
    if not np.isfinite(scores).all():
        return 0.0
    order = np.argsort(-scores)
    scores, covered = scores[order], covered[order]
    last_of_equals = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    found = covered.cumsum()[last_of_equals]
    precision = found / (last_of_equals + 1)
    return float((precision * np.diff(found, prepend=0)).sum() / found[-1])


def nines(area):
    """-log10(1 - area): 1 for 0.9, 2 for 0.99, 3 for 0.999; 6 at most."""
    return -math.log10(max(1 - area, 1e-6))


def run_predict(student, names, sequences):
    """What predict.py, run by itself beside model_weights.pt, writes for these windows: (n, 300).

    Rows in the order of `names`. One run predicts all that tests ask for, because its start takes
    longer than its predictions. If it gives nothing, these windows have a run of their own. Raises
    StudentError where there is nothing that can be read.
    """
    files = {name: remote.read_file(student, name) for name in (SCRIPT, WEIGHTS)}
    wanted = dict(zip(names, sequences, strict=True))
    everything = asked_for()
    if wanted.items() <= everything.items():
        try:
            found = _run_once(student, files, everything)
        except StudentError:
            return _run_once(student, files, wanted)
        row = {name: index for index, name in enumerate(everything)}
        return found[[row[name] for name in names]]
    return _run_once(student, files, wanted)


def _run_once(student, files, wanted):
    """The predictions for {name: sequence}. The script's own error is known afterwards, too.

    A limit of time is not: the next exercise has its own time.
    """
    table = sequences_file(list(wanted), list(wanted.values()))
    files = files | {"windows_sequences.txt.gz": table}
    key = hashlib.sha256(b"".join(files.values())).digest()
    if key not in KNOWN:
        try:
            KNOWN[key] = _run(student, files, list(wanted))
        except (NoPredictions, Raised) as error:
            KNOWN[key] = error
    if isinstance(found := KNOWN[key], StudentError):
        raise found.with_traceback(None)
    return found


def _run(student, files, names):
    files["alone.py"] = ALONE.encode()
    arguments = ["alone.py", SCRIPT, "--data", "windows_sequences.txt.gz", "--out", OUT]
    finished = remote.run_script(student, files, arguments, called=SCRIPT)
    if finished.code != 0:
        said = finished.printed.strip().splitlines() or ["no message"]
        raise Raised(f"predict.py ended with an error: {_safe(said[-1])}", finished.printed, [])
    if OUT not in finished.files:
        raise NoPredictions("predict.py did not write the file that --out names", finished.printed)
    return read_table(finished.files[OUT], names)


def read_table(content, names):
    """Predictions (n, 300) in the order of `names`. Raises NoPredictions."""
    if len(content) > MAX_TABLE:
        raise NoPredictions("what predict.py wrote is far too large for a table of scores")
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise NoPredictions("what predict.py wrote is no CSV file", repr(error)) from None
    if not rows or "window_name" not in rows[0]:
        raise NoPredictions("predict.py's CSV has no column window_name")
    at = rows[0].index("window_name")
    if len(rows[0]) != WINDOW + 1:
        found = len(rows[0]) - 1
        raise NoPredictions(f"predict.py's CSV has {found} columns beside window_name, not 300")
    if len(rows) - 1 != len(names):
        raise NoPredictions(f"predict.py wrote {len(rows) - 1} rows for {len(names)} windows")
    if [row[at] if len(row) > at else "" for row in rows[1:]] != list(names):
        raise NoPredictions("predict.py's rows are not the windows of the file, in its order")
    try:
        values = np.array(
            [[float(value) for i, value in enumerate(row) if i != at] for row in rows[1:]]
        )
    except ValueError as error:
        raise NoPredictions("predict.py wrote something that is no number", str(error)) from None
    if values.shape != (len(names), WINDOW):
        raise NoPredictions("predict.py's rows differ in length")
    if not np.isfinite(values).all():
        raise NoPredictions("predict.py wrote nan or infinite values")
    return values


def architecture(student):
    """A model as the submission's weights have it: binding_model.

    With weights that were handed in, a training that was stopped costs nothing here: without
    binding_model, it is a new TFBindingCNN.
    """
    try:
        return student.binding_model
    except StudentError:
        if not remote.is_handed_in(student, WEIGHTS):
            raise
        return student.TFBindingCNN()


def trained_model(student):
    """binding_model, or with weights that were handed in a model of its kind that holds these.

    The notebook trains again in grading, on another machine, which gives other weights.
    """
    model = architecture(student)
    if not remote.is_handed_in(student, WEIGHTS):
        return model
    load = remote.define(student, LOAD, "load")
    content = np.frombuffer(remote.read_file(student, WEIGHTS), dtype=np.uint8)
    for start in range(0, len(content), PART):
        load(content[start : start + PART], None, None)
    return load(content[:0], model, student.device)


def predict_in_notebook(student, sequences):
    """What the notebook's own trained model gives for these windows: (n, 300)."""
    predict = remote.define(student, PREDICT, "predict")
    found = predict(trained_model(student), one_hot(sequences), student.device)
    return expect.array(found, (len(sequences), WINDOW))


def _safe(line):
    """An error's class, which is all that cannot carry what a test sent."""
    kind = line.partition(":")[0].strip()
    return kind if kind.isidentifier() and len(kind) < 60 else "see its own message when you run it"
