"""Generated mutants, and the file that marks those that are no mistakes."""

import pytest

from autograder.audit.mutants import Mutation, generate_mutants, read_marks
from autograder.errors import AutograderError


def test_generated_mutants_change_one_line_each():
    cell = "def step(w, g, lr):\n    w = w - lr * g\n    log(w)\n    return w\n"
    found = generate_mutants({"step": cell})
    becomes = {mutation.becomes for mutation in found}
    assert {"w = w + lr * g", "w = w - lr / g", "pass"} <= becomes
    deleted = [m.line for m in found if m.becomes == "pass"]
    assert deleted == ["w = w - lr * g", "log(w)", "return w"]
    assert all(answer.cells["step"] != cell and answer.is_mutant for answer in found.values())
    assert len({answer.cells["step"] for answer in found.values()}) == len(found)


def test_marks_are_read_with_their_reasons(tmp_path):
    (tmp_path / "generated.toml").write_text(
        '[[equivalent]]\nexercise = "f"\nline = "a"\nbecomes = ["b", "c"]\nreason = "same"\n'
        '[[tolerated]]\nexercise = "g"\nline = "a"\nbecomes = ["b"]\nreason = "rare"\n'
    )
    marks = read_marks(tmp_path, ["f", "g"])
    assert marks.equivalent == {Mutation("f", "a", "b"): "same", Mutation("f", "a", "c"): "same"}
    assert marks.tolerated == {Mutation("g", "a", "b"): "rare"}
    assert read_marks(tmp_path, ["g"]).equivalent == {}


@pytest.mark.parametrize("text", ["[[equivalent]", "[[equivalent]]\nline = 'a'", "[[other]]"])
def test_marks_that_cannot_be_read_are_one_line(tmp_path, text):
    (tmp_path / "generated.toml").write_text(text)
    with pytest.raises(AutograderError, match=r"generated\.toml cannot be read"):
        read_marks(tmp_path, ["f"])
