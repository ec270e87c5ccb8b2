"""The first sample answers of an exercise: the right ones are right, and the wrong ones wrong."""

import pytest

from autograder.audit.answers import read_answers
from autograder.authoring.sketches import TEST, sketches

FUNCTION = '''import functools

@functools.cache
def power(x, n=2):  # power(2)
    """Return x to the power n."""
    if n == 0:
        return 1
    return x * power(x, n - 1)

assert power(3) == 9'''
CLASS = '''class Counter:
    """Counts."""

    start = 5

    def __init__(self, step=1):
        super().__init__()
        self.value, self.step = self.start, step

    def count(self):
        """Count once more."""
        self.value += self.step
        return self.value'''


def is_right(name, source):
    names = {}
    try:
        exec(source, names)
        if name == "power":
            return names["power"](3) == 9 and names["power"](2, n=5) == 32
        counter = names["Counter"](step=2)
        return type(counter).__name__ == "Counter" and (counter.count(), counter.count()) == (7, 9)
    except (TypeError, AttributeError, AssertionError):
        return False


@pytest.mark.parametrize(("name", "cell"), [("power", FUNCTION), ("Counter", CLASS)])
def test_two_are_wrong_and_two_are_right(tmp_path, name, cell):
    for below, text in sketches(name, cell).items():
        path = tmp_path / below
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    answers = read_answers(tmp_path, [name])
    assert [answer.is_mutant for answer in answers] == [True, True, False, False]
    for answer in answers:
        assert is_right(name, answer.cells[name]) is not answer.is_mutant, answer.name
        assert answer.description and answer.named_test == (TEST if answer.is_mutant else "")


def test_the_named_test_is_that_of_the_template(repository):
    template = repository.root / "autograder/authoring/templates/new_week/test_exercise.txt"
    assert f"def {TEST}(student)" in template.read_text()
