"""What a hidden test gets from a live notebook: its data, handles, or one plain reason why not."""

import contextlib
import math
import operator
import time

import numpy as np
import pytest
import torch

from autograder.course import Limits
from autograder.grading import expect
from autograder.grading.blame import Written
from autograder.grading.failures import (
    UNWRITTEN,
    KernelDied,
    MissingName,
    Raised,
    StudentError,
    TimedOut,
    Unserializable,
)
from autograder.grading.remote import Handle, Student
from autograder.probe import codec
from autograder.results.model import Outcome

PATIENT = Limits(call_seconds=20)
HASTY = Limits(call_seconds=1)

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


@pytest.mark.parametrize("name", ["_private", "__array__", "_repr_html_"])
def test_names_with_an_underscore_are_not_looked_for(student, name):
    with pytest.raises(AttributeError):
        getattr(student, name)


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


# ---- a handle is no number


class Nobody:
    """In place of a student: writes down what a handle asks for."""

    def __init__(self):
        self.asked = []

    def request(self, *request):
        self.asked.append(request)
        return 1.0


@pytest.fixture
def nobody():
    return Nobody()


@pytest.fixture
def handle(nobody):
    return Handle(nobody, 1, "Liar")


REFUSALS = (
    TypeError, ValueError, AttributeError, RuntimeError, AssertionError, StudentError,
)  # fmt: skip
NUMERIC = {
    "float": float,
    "int": int,
    "complex": complex,
    "index": operator.index,
    "bool": bool,
    "not": operator.not_,
    "len": len,
    "iter": iter,
    "abs": abs,
    "round": round,
    "plus": lambda h: h + 1,
    "from the right": lambda h: 1 - h,
    "less": lambda h: h < 1,
    "greater": lambda h: operator.gt(1.0, h),
    "contains": lambda h: 1 in h,
    "item": lambda h: h[0],
    "with": lambda h: h.__enter__(),
    "isfinite": math.isfinite,
    "isclose": lambda h: math.isclose(h, 1.0),
    "numpy isclose": lambda h: np.isclose(h, 1.0),
    "numpy float array": lambda h: np.asarray(h, dtype=float),
    "numpy close": lambda h: np.testing.assert_allclose(h, 1.0),
    "torch tensor": torch.as_tensor,
    "torch allclose": lambda h: torch.allclose(h, torch.ones(())),
    "expect number": expect.number,
    "expect array": expect.array,
    "expect array in list": lambda h: expect.array([h]),
    "expect close": lambda h: expect.close(h, 1.0, rtol=1.0),
    "expect equal": lambda h: expect.equal(h, 1.0),
}


@pytest.mark.parametrize("name", NUMERIC)
def test_a_handle_is_no_number_and_the_student_is_not_asked(handle, nobody, name):
    with pytest.raises(REFUSALS):
        NUMERIC[name](handle)
    assert nobody.asked == []


OTHERS = [0, 1.0, True, None, "", [], np.float64(1), np.ones(2), torch.ones(2), pytest.approx(1.0)]


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_a_handle_equals_nothing_but_itself(handle, nobody, other):
    for compare in (operator.eq, lambda a, b: b == a):
        try:
            verdict = compare(handle, other)
        except TypeError:
            continue
        assert not np.any(np.asarray(verdict))
    assert handle == handle and handle != Handle(nobody, 1, "Liar")
    assert nobody.asked == []


DUNDERS = "__array__ __array_interface__ __torch_function__ __float__ __len__ __iter__ __dict__"


@pytest.mark.parametrize("name", DUNDERS.split())
def test_special_attributes_of_a_handle_are_not_forwarded(handle, nobody, name):
    with pytest.raises(AttributeError):
        getattr(handle, name)
    assert nobody.asked == []


def test_an_array_of_a_handle_holds_only_the_handle(handle, nobody):
    boxed = np.asarray(handle)
    assert boxed.dtype == object and boxed[()] is handle and nobody.asked == []


# ---- exceptions

CELL = """# the cell's first line
def halve(x):
    return half_of(x)

def half_of(x):
    if x < 0:
        raise ValueError(f"cannot halve {x}")
    return x / nothing

def unwritten(x):
    raise NotImplementedError

class ShowsNothing(Exception):
    def __str__(self):
        raise RuntimeError("no message")

class DiesWhenShown(Exception):
    def __str__(self):
        raise SystemExit

def unshowable(x):
    raise ShowsNothing(x)

def dies_when_shown(x):
    raise DiesWhenShown(x)

def named(x):
    raise type(f"Secret{x}", (KeyError,), {})(x)

def forge_lines(x):
    import linecache
    linecache.cache[forge_lines.__code__.co_filename] = (1, None, [f"forged {x}\\n"] * 99, "")
    raise ValueError(x)

def patch_getline(x):
    import linecache
    linecache.getline = lambda *_: f"forged {x}"
    raise ValueError(x)

def surrogates(x):
    raise ValueError("\\ud800" + str(x))

class Unnamed(type):
    @property
    def __name__(cls):
        raise ValueError("no name")

class NoName(Exception, metaclass=Unnamed):
    pass

def nameless(x):
    raise NoName(x)

def deep(x):
    return deep(x)

def group(x):
    raise ExceptionGroup(f"{x}", [ValueError(x)])

def leave(x):
    raise SystemExit(x)

def interrupt(x):
    raise KeyboardInterrupt(x)

def fine(x):
    return x + 1
"""
SECRET = 731846


@pytest.fixture(scope="module")
def failing(open_notebook):
    written = Written({"halve": "\n".join(CELL.splitlines()[:40])})
    limits = Limits(call_seconds=5)
    pupil = Student(open_notebook(CELL), limits, written, revive=lambda: open_notebook(CELL))
    pupil.begin_exercise("halve")
    pupil._deadline = float("inf")  # many tests share it
    return pupil


def raised_by(call, *args):
    with pytest.raises(Raised) as caught:
        call(*args)
    return caught.value


def test_an_exception_has_its_type_and_the_line_of_the_students_own_cell(failing):
    error = raised_by(failing.halve, SECRET)
    assert error.outcome is Outcome.RAISED
    assert error.types[0] == "NameError" and "Exception" in error.types
    assert error.remark == "it raised NameError at line 8 of its cell: return x / nothing"


def test_the_detail_for_the_assistant_has_the_message_and_every_line(failing):
    error = raised_by(failing.halve, -SECRET)
    parts = [f"cannot halve -{SECRET}", "line 3: return half_of(x)", "line 7: raise ValueError"]
    assert [part for part in parts if part not in str(error)] == []


def test_a_line_that_is_nowhere_in_the_notebook_is_not_shown(failing):
    elsewhere = Student(failing._kernel, PATIENT, Written({"halve": "x = 1"}))
    elsewhere.begin_exercise("halve")
    assert raised_by(elsewhere.halve, SECRET).remark == "it raised NameError"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("unshowable", "it raised Exception"),
        ("named", "it raised KeyError"),
        ("forge_lines", "it raised ValueError"),
        ("surrogates", "it raised ValueError"),
        ("nameless", "it raised Exception"),
        ("dies_when_shown", "it raised Exception"),
        ("deep", "it raised RecursionError"),
        ("group", "it raised ExceptionGroup"),
        ("leave", "it raised SystemExit"),
        ("interrupt", "interrupted"),
        ("patch_getline", "it raised ValueError"),
    ],
)
def test_a_remark_tells_nothing_that_a_test_sent(failing, name, known):
    error = raised_by(getattr(failing, name), SECRET)
    assert str(SECRET) not in error.remark
    assert known in error.remark
    assert failing.fine(1) == 2


def test_not_implemented_means_not_written_yet(failing):
    assert raised_by(failing.unwritten, SECRET).remark == UNWRITTEN


def test_an_interrupt_that_the_code_raised_itself_is_no_time_out(failing):
    error = raised_by(failing.interrupt, SECRET)
    assert "interrupted" in error.remark and error.types == ("KeyboardInterrupt",)


def test_a_missing_argument_is_an_exception_of_the_call(failing):
    assert raised_by(failing.fine).types[0] == "TypeError"


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
    with pytest.raises(codec.CannotCross):
        student.mse(object(), 1)


# ---- time and death

STUBBORN = """
import os
import time

def spin():
    while True:
        pass

def sleep(seconds):
    time.sleep(seconds)

def cling():
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass

def die():
    os._exit(0)

def leave():
    exit()

def double(x):
    return 2 * x
"""


@pytest.fixture(scope="module")
def stubborn(open_notebook):
    return open_notebook(STUBBORN)


@pytest.fixture
def revivals():
    return []


@pytest.fixture
def revive(open_notebook, revivals):
    """Runs the notebook again in a new kernel."""

    def start():
        revivals.append(open_notebook(STUBBORN))
        return revivals[-1]

    return start


@pytest.fixture
def mortal(open_notebook, revive):
    """A student whose kernel is this test's own, and whose notebook runs again when it died."""
    pupil = Student(open_notebook(STUBBORN), PATIENT, revive=revive)
    yield pupil
    pupil.close()


@pytest.mark.parametrize(("name", "args"), [("spin", ()), ("sleep", (60,))])
def test_an_endless_call_is_interrupted_and_its_kernel_lives_on(stubborn, name, args):
    hasty, patient = Student(stubborn, HASTY), Student(stubborn, PATIENT)
    kept = patient.put([1])
    with pytest.raises(TimedOut) as caught:
        getattr(hasty, name)(*args)
    assert caught.value.outcome is Outcome.TIMEOUT
    assert stubborn.alive
    assert patient.double(4) == 8 and patient.value(kept) == [1]


def test_a_call_that_swallows_interrupts_loses_its_kernel(
    open_notebook, monkeypatch, revive, revivals
):
    monkeypatch.setattr("autograder.sandbox.kernel.INTERRUPT_SECONDS", 0.5)
    kernel = open_notebook(STUBBORN)
    with pytest.raises(TimedOut) as caught:
        Student(kernel, HASTY).cling()
    assert "could not be stopped" in caught.value.remark
    assert not kernel.alive
    pupil = Student(kernel, PATIENT, revive=revive)
    assert pupil.double(4) == 8
    assert len(revivals) == 1
    pupil.close()


def test_a_call_that_ends_its_python_is_a_dead_kernel_and_the_notebook_runs_again(mortal, revivals):
    with pytest.raises(KernelDied) as caught:
        mortal.die()
    assert caught.value.outcome is Outcome.KERNEL_DIED
    mortal.end_test()  # nothing is left to release
    assert revivals == []
    assert mortal.double(4) == 8
    assert len(revivals) == 1


def test_a_dead_kernel_stays_dead_where_the_notebook_is_not_run_again(open_notebook):
    pupil = Student(open_notebook(STUBBORN), PATIENT)
    with pytest.raises(KernelDied):
        pupil.die()
    for _ in range(2):
        with pytest.raises(KernelDied):
            pupil.double(1)


def test_without_a_kernel_every_question_is_answered_by_its_death():
    pupil = Student(None, PATIENT)
    with pytest.raises(KernelDied):
        pupil.double(1)
    pupil.end_test()
    pupil.close()


def test_a_handle_of_a_dead_kernel_never_means_another_object(mortal):
    old = mortal.put(["old"])
    with pytest.raises(KernelDied):
        mortal.die()
    new = mortal.put(["new"])
    with pytest.raises(StudentError):
        mortal.value(old)
    assert mortal.value(new) == ["new"]


def test_exit_in_a_call_does_not_end_grading(mortal):
    with contextlib.suppress(StudentError):
        mortal.leave()
    for n in range(20):  # IPython itself would end some tenths of a second after exit()
        assert mortal.double(n) == 2 * n
        time.sleep(0.02)


def test_an_exercise_has_time_of_its_own(stubborn):
    pupil = Student(stubborn, Limits(call_seconds=20, exercise_seconds=1))
    pupil.begin_exercise("any")
    assert pupil.double(1) == 2
    with pytest.raises(TimedOut):
        pupil.spin()
    with pytest.raises(TimedOut) as caught:
        pupil.double(1)
    assert "used up" in caught.value.remark
    pupil.begin_exercise("any")
    assert pupil.double(1) == 2


# ---- lies

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


# ---- forged answers

RAISED = b'{"status": "raised", "types": %s, "message": "", "lines": %s}'
OK = b'{"status": "ok", "text": %s}'
CONTENTS = {
    "no status": b"{}",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "no JSON": b"{{{",
    "no text": b"\xff\xfe",
    "too deep": b"[" * 100_000,
    "status of another type": b'{"status": ["ok"]}',
    "unknown status": b'{"status": "passed", "score": 100}',
    "ok without a value": b'{"status": "ok"}',
    "value that is no text": OK % b"5",
    "value that is no message": OK % b'"{"',
    "value too deep": OK % (b'"' + b"[" * 100_000 + b'"'),
    "array that is not there": OK % rb'"{\"ndarray\": \"0\"}"',
    "handle of nothing": OK % rb'"{\"handle\": null}"',
    "handle without a number": OK % rb'"{\"handle\": {\"id\": \"x\", \"type\": \"y\"}}"',
    "handle of infinity": OK % rb'"{\"handle\": {\"id\": 1e999, \"type\": \"y\"}}"',
    "missing nothing": b'{"status": "missing"}',
    "missing an object": b'{"status": "missing", "name": {"a": 1}}',
    "unserializable without a reason": b'{"status": "unserializable"}',
    "raised nothing": b'{"status": "raised"}',
    "raised no type": RAISED % (b"[]", b"[]"),
    "types that are null": RAISED % (b"null", b"[]"),
    "types that are a text": RAISED % (b'"NotImplementedError"', b"[]"),
    "types that are objects": RAISED % (b'[{"a": 1}, [2]]', b"[]"),
    "type with a lone surrogate": RAISED % (rb'["\ud800"]', b"[]"),
    "lines that are a number": RAISED % (b'["A"]', b"5"),
    "line of one part": RAISED % (b'["A"]', b"[[1]]"),
    "line of three parts": RAISED % (b'["A"]', b"[[1, 2, 3]]"),
    "line number that is a text": RAISED % (b'["A"]', b'[["x", "y"]]'),
    "line number that is infinite": RAISED % (b'["A"]', b'[[1e999, "y"]]'),
    "line number that is nan": RAISED % (b'["A"]', b'[[NaN, "y"]]'),
    "line number beyond everything": RAISED % (b'["A"]', b'[[999999999999999999999, "y"]]'),
    "interrupted by nobody": b'{"status": "interrupted"}',
}

FORGER = """
from jupyter_client.session import Session

kernel = get_ipython().kernel
session = kernel.session
honest_send = session.send

async def forged(stream, ident, parent):
    session.send(stream, "probe_reply", CONTENT, parent, ident=ident, buffers=[b""])

def lie_with(content):
    global CONTENT
    CONTENT = content
    kernel.shell_handlers["probe_request"] = forged

def be_honest():
    session.send = honest_send
    kernel.shell_handlers["probe_request"] = kernel.probe_request

def double(x):
    return 2 * x
"""

# What becomes of the kernel's own answer; `message` is the reply to `parent`.
PATCHES = {
    "parent that is a list": "message['parent_header'] = [1]",
    "parent that is a text": "message['parent_header'] = 'x'",
    "parent that is null": "message['parent_header'] = None",
    "parent whose id is a list": "message['parent_header'] = {'msg_id': ['x']}",
    "header without an id": "message['header'].pop('msg_id', None)",
    "header that is a list": "message['header'] = []",
    "date that is none": "message['header']['date'] = 'yesterday'",
    "no buffer": "buffers = []",
    "two buffers": "buffers = [b'', b'']",
    "buffer that is no blob": "buffers = [b'pickle']",
    "larger than a message may be": f"buffers = [bytes({codec.MAX_BYTES + 2**21})]",
    "wrong signature": "out = Session(key=b'another').send",
}
PATCHED = """
def send(stream, kind, content=None, parent=None, ident=None, buffers=None, **more):
    if kind != "probe_reply":
        return honest_send(stream, kind, content, parent, ident=ident, buffers=buffers, **more)
    be_honest()
    out, message = honest_send, session.msg(kind, content, parent=parent)
    {patch}
    out(stream, message, ident=ident, buffers=buffers)
session.send = send
"""
SILENT = "kernel.shell_handlers['probe_request'] = lambda *_: None"


@pytest.fixture(scope="module")
def forgers():
    return []


@pytest.fixture
def forger(open_notebook, forgers, monkeypatch):
    """A kernel that can be told to lie; a new one where the last test's had to be killed."""
    monkeypatch.setattr("autograder.sandbox.kernel.INTERRUPT_SECONDS", 0.2)
    if not forgers or not forgers[-1].alive:
        forgers.append(open_notebook(FORGER))
    return forgers[-1]


@pytest.mark.parametrize("name", CONTENTS)
def test_a_forged_answer_is_no_answer_and_the_next_one_comes(forger, run_cell, name):
    pupil = Student(forger, PATIENT)
    run_cell(forger, f"lie_with({CONTENTS[name]!r})")
    with pytest.raises(StudentError):
        pupil.double(2)
    run_cell(forger, "be_honest()")
    assert pupil.double(2) == 4


@pytest.mark.parametrize("name", PATCHES)
def test_a_patched_session_costs_no_more_than_its_own_answer(
    forger, forgers, open_notebook, run_cell, name
):
    def revive():
        forgers.append(open_notebook(FORGER))
        return forgers[-1]

    run_cell(forger, PATCHED.format(patch=PATCHES[name]))
    with contextlib.suppress(StudentError):
        assert Student(forger, HASTY).double(3) == 6  # some of these are answers all the same
    assert Student(forger, PATIENT, revive=revive).double(2) == 4


def test_an_answer_that_never_comes_is_a_time_out(forger, run_cell):
    run_cell(forger, SILENT)
    with pytest.raises(TimedOut):
        Student(forger, HASTY).double(2)
    assert not forger.alive


def test_an_answer_to_another_question_is_not_taken(forger, run_cell):
    run_cell(
        forger,
        """
async def twice(stream, ident, parent):
    content = {"status": "ok", "text": "99"}
    other = dict(parent["header"], msg_id="another")
    session.send(stream, "probe_reply", content, other, ident=ident, buffers=[b""])
    await kernel.probe_request(stream, ident, parent)
    session.send(stream, "probe_reply", content, parent, ident=ident, buffers=[b""])
kernel.shell_handlers["probe_request"] = twice
""",
    )
    pupil = Student(forger, PATIENT)
    assert [pupil.double(n) for n in range(3)] == [0, 2, 4]
    run_cell(forger, "be_honest()")


def test_a_forged_answer_to_the_end_of_a_test_leaves_nothing_of_it(forger, run_cell):
    written = Written({"double": "def double(x): return 7"}, {})
    pupil = Student(forger, PATIENT, written)
    assert pupil.follow_through("double", [])
    run_cell(forger, "lie_with(b'[]')")
    with contextlib.suppress(StudentError):
        pupil.end_test()
    run_cell(forger, "be_honest()")
    assert pupil.double(2) == 4


# ---- following a mistake through

PIECES = {"inner": "def inner(x): return 2 * x", "middle": "def middle(x): return inner(x) + 1"}
OWN = {
    "inner": "def inner(x): return 3 * x",
    "outer": """
calls = 0
def outer(x):
    global calls
    calls += 1
    return middle(x) * 10
""",
    "timed": "%time y = inner(2)\ndef timed(): return y",
    "broken": "raise ValueError('731846')",
    "renamed": "def another_name(): return 1",
}


@pytest.fixture(scope="module")
def chained(open_notebook):
    return open_notebook("\n".join([OWN["inner"], "def middle(x): return inner(x)", OWN["outer"]]))


@pytest.fixture
def follower(chained):
    pupil = Student(chained, PATIENT, Written(OWN, PIECES))
    yield pupil
    pupil.end_test()


def test_a_cell_is_run_on_correct_pieces_until_the_test_ends(follower):
    assert follower.outer(1) == 30
    assert follower.follow_through("outer", ["inner", "middle"]) is True
    assert follower.outer(1) == 30  # (2 * 1 + 1) * 10
    assert follower.outer(2) == 50
    follower.end_test()
    assert follower.outer(2) == 60


def test_correct_pieces_do_not_change_the_notebook(follower):
    before = follower.calls
    follower.follow_through("outer", ["inner", "middle"])
    follower.outer(1)
    follower.end_test()
    assert (follower.inner(2), follower.middle(2), follower.calls) == (6, 6, before)


def test_the_cells_are_run_once_for_all_tests_of_an_exercise(follower):
    follower.begin_exercise("outer")
    for calls in (1, 2):
        follower.follow_through("outer", ["inner", "middle"])
        follower.outer(1)
        assert follower.calls == calls
        follower.end_test()
    follower.begin_exercise("outer")
    follower.follow_through("outer", ["inner", "middle"])
    assert follower.calls == 0


def test_what_a_rerun_cell_writes_stays_apart(follower):
    cell = "import os\nopen('written.txt', 'w').write('x')\ndef there(): return os.listdir('.')"
    pupil = Student(follower._kernel, PATIENT, Written({"there": cell}, PIECES))
    pupil.follow_through("there", [])
    assert (pupil.there(), pupil.file("written.txt")) == (["written.txt"], b"x")
    pupil.end_test()
    with pytest.raises(MissingName):
        pupil.file("written.txt")


def test_everything_is_found_among_the_correct_pieces(follower):
    follower.follow_through("outer", ["inner"], given="inner_of_two = inner(2)")
    assert (follower.inner(2), follower.inner_of_two) == (4, 4)


def test_a_rerun_cell_can_look_up_its_own_source(follower):
    own = {"where": "import inspect\ndef where(): pass\ntext = inspect.getsource(where)"}
    pupil = Student(follower._kernel, PATIENT, Written(own, PIECES))
    assert pupil.follow_through("where", [])
    assert pupil.text == "def where(): pass\n"
    pupil.end_test()


def test_a_function_that_is_no_named_piece_goes_on_calling_the_notebooks_own(follower):
    follower.follow_through("outer", ["inner"])
    assert follower.outer(2) == 60


def test_a_cell_with_magics_can_be_run_again(follower):
    assert follower.follow_through("timed", ["inner"])
    assert follower.timed() == 4


def test_an_exercise_that_is_not_in_the_notebook_has_nothing_to_follow(follower):
    assert follower.follow_through("absent", ["inner"]) is False


def test_a_cell_that_fails_on_correct_pieces_says_so(follower):
    error = raised_by(follower.follow_through, "broken", ["inner"])
    assert error.types[0] == "ValueError" and str(SECRET) not in error.remark


def test_a_cell_that_does_not_define_its_name_is_missing_it(follower):
    follower.follow_through("renamed", ["inner"])
    with pytest.raises(MissingName):
        _ = follower.renamed


def test_a_correct_piece_can_be_a_handle_to_data(follower):
    written = Written({"table": "table = [inner(1), inner(2)]"}, PIECES)
    pupil = Student(follower._kernel, PATIENT, written)
    assert pupil.follow_through("table", ["inner"])
    assert pupil.value(pupil.table) == [2, 4]
    pupil.end_test()
