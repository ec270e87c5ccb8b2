"""Objects and patches that pretend to be the right answer."""

import math
import operator

import numpy as np
import pytest
import torch
from support.attached import Student

from autograder.course import Limits
from autograder.grading import expect
from autograder.grading.failures import (
    StudentError,
)

PATIENT = Limits(call_seconds=20)


# Each makes `lie`, whose data are wrong: the right answer is 1.0, or [1.0, 1.0].
LIES = {
    "equals everything": """
class Yes:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __eq__
    def __bool__(self): return True
    __hash__ = object.__hash__
lie = Yes()
""",
    "says that it is a float": """
class Claims:
    __class__ = float
    def __float__(self): return 1.0
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
lie = Claims()
""",
    "says that it is a tensor": """
class Claims:
    __class__ = torch.Tensor
    dtype, shape, layout, is_meta = torch.float32, torch.Size([2]), torch.strided, False
    def __array__(self, *a, **k): return np.ones(2)
    def numpy(self): return np.ones(2)
    def __eq__(self, other): return torch.tensor([True, True])
lie = Claims()
""",
    "float subclass": """
class Close(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__, __hash__ = __sub__, float.__hash__
lie = Close(5.0)
""",
    "list subclass": """
class Ones(list):
    def __iter__(self): return iter([1.0, 1.0])
    def __eq__(self, other): return True
lie = Ones([0.0, 0.0])
""",
    "array subclass": """
class Ones(np.ndarray):
    def __array__(self, *a, **k): return np.ones(2)
    def __eq__(self, other): return np.True_
    def tolist(self): return [1.0, 1.0]
    def __array_ufunc__(self, *a, **k): return np.zeros(2)
    def __array_function__(self, *a, **k): return True
lie = np.zeros(2).view(Ones)
""",
    "tensor subclass": """
class Ones(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None): return True
    def numpy(self): return np.ones(2)
    def __array__(self, *a, **k): return np.ones(2)
    def tolist(self): return [1.0, 1.0]
lie = torch.zeros(2).as_subclass(Ones)
""",
    "tensor with methods of its own": """
lie = torch.zeros(2)
lie.numpy = lie.__array__ = lambda *a, **k: np.ones(2)
lie.tolist = lambda: [1.0, 1.0]
lie.allclose = lie.equal = lambda *a, **k: True
""",
    "metaclass that equals a list": """
class Same(type):
    def __eq__(cls, other): return True
    def __hash__(cls): return hash(list)
class Claims(metaclass=Same):
    def __iter__(self): return iter([self, self])
    def __len__(self): return 2
lie = Claims()
""",
    "metaclass that equals numpy's float": """
class Same(type):
    def __eq__(cls, other): return True
    def __hash__(cls): return hash(np.float64)
class Claims(metaclass=Same):
    def __array__(self, *a, **k): return np.zeros(2)
lie = Claims()
""",
    "dict that says yes": """
class Yes(dict):
    def __eq__(self, other): return True
    def __getitem__(self, key): return 1.0
lie = Yes(a=0.0)
""",
    "comparisons of torch patched": """
torch.allclose = torch.equal = torch.isclose = lambda *a, **k: True
torch.testing.assert_close = lambda *a, **k: None
torch.Tensor.__eq__ = torch.Tensor.allclose = torch.Tensor.equal = lambda *a, **k: True
lie = torch.zeros(2)
""",
    "comparisons of numpy patched": """
np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None
lie = np.zeros(2)
""",
    "pytest and the grader's modules patched": """
import math, sys, types
math.isclose = lambda *a, **k: True
for name in ("pytest", "autograder.grading.expect", "autograder.grading.hidden_tests"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].close = sys.modules[name].approx = lambda *a, **k: True
lie = 0.0
""",
    "nan": "lie = float('nan')",
    "integers that overflow": "lie = 10**400",
}


ONES = np.ones(2)


def says_yes(value):
    """Is it an outright yes, as a hidden test would take it?"""
    assert np.all(np.asarray(value) == np.True_)


COMPARISONS = {
    "==": lambda found: says_yes(found == 1.0),
    "== from the right": lambda found: says_yes(operator.eq(1.0, found)),
    "approx": lambda found: says_yes(found == pytest.approx(1.0)),
    "isclose": lambda found: says_yes(math.isclose(found, 1.0)),
    "array ==": lambda found: says_yes(found == ONES),
    "list ==": lambda found: says_yes(found == [1.0, 1.0]),
    "np.allclose": lambda found: says_yes(np.allclose(found, ONES)),
    "np.array_equal": lambda found: says_yes(np.array_equal(found, ONES)),
    "np.testing": lambda found: np.testing.assert_allclose(found, ONES),
    "torch.allclose": lambda found: says_yes(torch.allclose(found, torch.ones(2))),
    "torch.equal": lambda found: says_yes(torch.equal(found, torch.ones(2))),
    "torch.testing": lambda found: torch.testing.assert_close(found, torch.ones(2)),
    "expect.number": lambda found: says_yes(expect.number(found) == 1.0),
    "expect.close": lambda found: expect.close(found, 1.0, rtol=1e-6),
    "expect.close to an array": lambda found: expect.close(found, ONES, rtol=1e-6),
    "expect.equal": lambda found: expect.equal(found, ONES),
    "isinstance": lambda found: says_yes(isinstance(found, float) and found == 1.0),
}


def passes(compare, found):
    try:
        compare(found)
    except Exception:
        return False
    return True


@pytest.fixture(scope="module")
def liar(open_notebook):
    return open_notebook("import torch, numpy as np\ndef answer(): return lie")


@pytest.mark.parametrize("name", LIES)
def test_no_lie_makes_a_comparison_come_out_true(liar, run_cell, name):
    run_cell(liar, LIES[name])
    pupil = Student(liar, PATIENT)
    try:
        found = pupil.answer()
    except StudentError:
        return
    assert [compare for compare in COMPARISONS if passes(COMPARISONS[compare], found)] == []


PATCHED_BUT_PLAIN = {
    "comparisons of torch patched": (torch.Tensor, torch.zeros(2)),
    "comparisons of numpy patched": (np.ndarray, np.zeros(2)),
    "pytest and the grader's modules patched": (float, 0.0),
    "tensor with methods of its own": (torch.Tensor, torch.zeros(2)),
}


@pytest.mark.parametrize("name", PATCHED_BUT_PLAIN)
def test_wrong_data_from_a_patched_kernel_are_the_wrong_data_themselves(liar, run_cell, name):
    run_cell(liar, LIES[name])
    kind, wrong = PATCHED_BUT_PLAIN[name]
    found = Student(liar, PATIENT).answer()
    assert type(found) is kind
    expect.equal(found, wrong)


@pytest.mark.parametrize("right", [1.0, ONES, torch.ones(2)], ids=["number", "array", "tensor"])
def test_the_same_comparisons_come_out_true_for_right_answers(right):
    assert sum(passes(compare, right) for compare in COMPARISONS.values()) >= 4
