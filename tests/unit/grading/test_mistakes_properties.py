"""The table of known mistakes, its causes and the sample answers: any file is read, or one line."""

import json
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from support.mutations import changed_bytes, changed_json, encodings, value_or_error

from autograder.audit.answers import Answer, read_answer
from autograder.audit.causes import read_causes
from autograder.errors import AutograderError
from autograder.grading.mistakes import likeliest_cause, read_mistakes

TABLE = {
    "train": {
        "made_from": "digest",
        "causes": {
            "not_cleared": {
                "hint": "the gradients are not cleared, so they add up.",
                "patterns": [
                    {"mutants": ["no_zero_grad"], "failed": {"test_a": ["half"], "b": []}}
                ],
            },
            "other": {"hint": "h", "patterns": [{"mutants": ["x"], "failed": {"test_b": ["1.5"]}}]},
        },
    }
}
NAMES = ("made_from", "causes", "hint", "patterns", "mutants", "failed", "train")
odd = st.sampled_from(({}, [], {"test_a": [["half"]]}, {"test_a": "half"}, {"test_a": [1]}, [{}]))
CAUSES = b"""[train.not_cleared]
hint = "the gradients are not cleared in every epoch, so they add up."
mutants = ["no_zero_grad", "late_zero_grad"]
"""
ANSWER = b"""# exercise: train
# mistake: differentiates the square without its factor 2
# caught by: test_loss.py::test_matches
def train(X): ...
"""


def in_file(name, data, read):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        return value_or_error(lambda: read(Path(folder)), AutograderError)


@given(changed_json(TABLE, 3, NAMES, odd)
       | changed_bytes(json.dumps(TABLE).encode(), [b"[", b"{", b"NaN", b"null"]))  # fmt: skip
@example(b"[" * 100_000)
@example(json.dumps(TABLE).replace('[{"mutants": ["x"]', '[], "x": [{"mutants": ["x"]').encode())
@example(json.dumps(TABLE).replace('["1.5"]', "[[1.5]]").encode())
@example(json.dumps(TABLE).replace('{"test_b": ["1.5"]}', "{}").encode())
def test_a_table_of_mistakes_is_read_and_can_be_asked_or_is_refused(data):
    found = in_file("mistakes.json", data, read_mistakes)
    for known in {} if isinstance(found, AutograderError) else found.values():
        for failed in ({"test_a": ("half",)}, {"test_b": ("1.5",), "test_a": ()}):
            value_or_error(lambda failed=failed, known=known: likeliest_cause(failed, known.causes))


@given(changed_bytes(CAUSES, [b"[", b"]", b"{", b"=", b'"""', b"[train]\n", b"a = 1\n", b"[[a.b]]"])
       | encodings(CAUSES))  # fmt: skip
@example(b"x = " + b"[" * 5000)
@example(b"x = " + b"9" * 5000)
@example(b"[a.b]\nhint = 1\nmutants = [1, [2]]\n")
@example(b"[a.b]\nhint = 'h'\nmutants = 'ab'\n")
def test_a_table_of_causes_is_read_or_refused(data):
    found = in_file("causes.toml", data, read_causes)
    for labels in {} if isinstance(found, AutograderError) else found.values():
        assert all(
            isinstance(name, str) and isinstance(label.hint, str) for name, label in labels.items()
        )


@given(changed_bytes(ANSWER, [b"# exercise: ", b"#", b"::", b"\n", b"\r"]) | encodings(ANSWER))
@example(b"# exercise:")
@example(b"# exercise: a\0b\n")
def test_a_sample_answer_is_read_or_refused(data):
    found = in_file("a.py", data, lambda folder: read_answer(folder / "a.py", is_mutant=True))
    assert isinstance(found, Answer | AutograderError)
