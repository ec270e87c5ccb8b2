"""Sample answers: files with a header."""

import pytest

from autograder.audit.answers import read_answers
from autograder.errors import AutograderError


def answer(folder, kind, name, text):
    path = folder / kind / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"def double(x): pass\n", "must begin with a line '# exercise: NAME'"),
        (b"# exercise: halve\n", "is for 'halve', which is not an automatically graded exercise"),
        (b"# exercise: double\n\xff\n", "is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_answer_is_one_line(tmp_path, content, said):
    (tmp_path / "mutants").mkdir()
    (tmp_path / "mutants" / "double-x.py").write_bytes(content)
    with pytest.raises(AutograderError) as caught:
        read_answers(tmp_path, ["double"])
    assert said in str(caught.value) and "double-x.py" in str(caught.value)


def test_a_header_may_name_the_test_with_its_file(tmp_path):
    answer(
        tmp_path, "mutants", "double-x", "# exercise: double\n# caught by: test_double.py::test_a"
    )
    (found,) = read_answers(tmp_path, ["double"])
    assert found.named_test == "test_a" and found.is_mutant
