"""What a hidden test gets from a live notebook: its data, handles, or one plain reason why not."""

import time

import numpy as np
import pytest
import torch
from support.attached import Student

from autograder.course import Limits
from autograder.grading.failures import (
    KernelDied,
    MissingName,
    StudentError,
    Unserializable,
)
from autograder.grading.remote import Handle
from autograder.probe import codec
from autograder.results.model import Outcome

PATIENT = Limits(call_seconds=20)

NOTEBOOK = """
import numpy as np
import torch

rate = 0.25
history = [3, 2, 1]

def mse(x, y, *, scale=1.0):
    return scale * ((x - y) ** 2).mean()

class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, 1)
        self.note = {"width": 2}

    def forward(self, x):
        return self.layer(x)

def is_same(a, b):
    return a is b

def find_in(held, mapping):
    return [item is mapping["net"] for item in held]

def held():
    return len(get_ipython().kernel.held)

def zero(net):
    with torch.no_grad():
        net.layer.weight.zero_()

def mixed():
    return [1, {"f": mse}]

def huge(n):
    return torch.zeros(n, dtype=torch.uint8)
"""


@pytest.fixture(scope="module")
def kernel(open_notebook):
    return open_notebook(NOTEBOOK)


@pytest.fixture
def student(kernel):
    pupil = Student(kernel, PATIENT)
    yield pupil
    pupil.end_test()


# ---- names, calls and handles


def test_a_name_of_the_notebook_is_its_value(student):
    assert (student.rate, student.history) == (0.25, [3, 2, 1])


def test_a_call_takes_data_and_gives_data_back(student):
    loss = student.mse(np.array([1.0, 3.0]), np.array([0.0, 1.0]), scale=2.0)
    assert type(loss) is np.float64 and loss == 5.0


def test_a_name_that_is_not_there_is_missing(student):
    with pytest.raises(MissingName) as caught:
        student.gradient(1)
    assert caught.value.outcome is Outcome.MISSING
    assert "not defined" in caught.value.remark


def test_a_function_is_looked_up_once_in_a_test_and_data_each_time(student):
    mse, history = student.mse, student.history
    assert student.mse is mse and student.history is not history
    helper = student.define("def two(): return 2", "two")
    assert student.define("def two(): return 2", "two") is helper and helper() == 2
    assert student.define("def two(): return 3", "two")() == 3
    student.end_test()
    assert student.mse is not mse


@pytest.mark.parametrize("name", ["__array__", "__len__", "__fspath__"])
def test_names_of_pythons_protocols_are_not_looked_for(student, name):
    with pytest.raises(AttributeError):
        getattr(student.session.student, name)


ANY_NAME = (
    "value", "file", "put", "define", "close", "request", "run_script", "find", "kernel", "session",
    "link", "_private", "_RemoteNotebook__link", "name", "points", "student", "self",
)  # fmt: skip


def test_an_exercise_may_have_any_name(open_notebook):
    """The proxy has no names of its own that could answer in the notebook's place."""
    notebook = open_notebook("\n".join(f"def {name}(x): return [x, {name!r}]" for name in ANY_NAME))
    student = Student(notebook, PATIENT).session.student
    assert [getattr(student, name)(7) for name in ANY_NAME] == [[7, name] for name in ANY_NAME]


def test_a_module_crosses_as_a_handle_that_can_be_called_and_asked(student):
    net = student.Net()
    assert type(net) is Handle and repr(net) == "<Net in the student's kernel>"
    assert net.note == {"width": 2}
    assert net.layer.weight.shape == (1, 2)
    x = torch.tensor([[1.0, -2.0]])
    torch.testing.assert_close(net(x), x @ net.layer.weight.T + net.layer.bias)


def test_a_handle_can_be_passed_back_alone_or_inside_containers(student):
    net, other = student.Net(), student.Net()
    assert student.is_same(net, net) is True
    assert student.is_same(net, other) is False
    assert student.find_in([net, other, net], {"net": net}) == [True, False, True]


def test_what_a_call_changes_in_a_handle_stays_changed(student):
    net = student.Net()
    student.zero(net)
    assert not net.layer.weight.any()


def test_a_handle_can_come_back_inside_data(student):
    number, inner = student.mixed()
    assert number == 1 and type(inner["f"]) is Handle
    assert inner["f"](np.ones(2), np.zeros(2)) == 1.0


def test_data_that_was_put_is_shared_between_calls(student):
    shared = student.put([1])
    assert type(shared) is Handle
    shared.append(2)
    assert student.value(shared) == [1, 2]


def test_a_tensor_is_put_on_the_device_that_is_asked_for(student):
    on_meta = student.put(torch.ones(2, 3), torch.device("meta"))
    assert str(on_meta.device) == "meta" and on_meta.shape == (2, 3)


def test_a_definition_runs_in_a_namespace_of_its_own(student):
    helper = student.define("rate = 9\ndef helper(): return rate", "helper")
    assert helper() == 9 and student.rate == 0.25


def test_the_end_of_a_test_releases_its_handles(student):
    student.end_test()
    before = student.held()
    net = student.Net()
    assert student.held() > before
    student.end_test()
    assert student.held() == before
    with pytest.raises(StudentError):
        net.note  # noqa: B018


def test_the_end_of_a_test_is_no_failure_when_the_time_of_its_exercise_is_used_up(kernel):
    pupil = Student(kernel, Limits(exercise_seconds=1))
    pupil.begin_exercise("any")
    pupil.put(1)
    time.sleep(1)
    pupil.end_test()


def test_closing_twice_is_closing_once(open_notebook):
    pupil = Student(open_notebook(), PATIENT)
    pupil.close()
    pupil.close()
    with pytest.raises(KernelDied):
        pupil.put(1)


def test_values_and_handles_cross_the_walls_of_a_sandbox(needs_sandbox, student):
    assert student.define("import os\ndef where(): return os.getcwd()", "where")() == "/submission"


# ---- what cannot cross


def test_a_handle_of_no_plain_data_has_no_value(student):
    with pytest.raises(Unserializable) as caught:
        student.value(student.Net())
    assert caught.value.outcome is Outcome.UNSERIALIZABLE


def test_an_answer_over_the_size_bound_is_refused_and_the_next_one_comes(student):
    with pytest.raises(Unserializable):
        student.huge(codec.MAX_BYTES + 1)
    assert student.huge(3).tolist() == [0, 0, 0]


def test_a_large_answer_within_the_bound_comes_whole(student):
    assert student.huge(codec.MAX_BYTES - 2**20).numel() == codec.MAX_BYTES - 2**20


def test_an_argument_that_is_no_plain_data_is_the_tests_own_mistake(student):
    with pytest.raises(codec.EncodeError):
        student.mse(object(), 1)
