"""A hidden test without its last assertion."""

from autograder.audit.weaken import without_last_assertion


def test_the_last_assertion_is_found():
    source = (
        "def test_a(student):\n    '''Hint.'''\n    assert x\n    with raises(E) as caught:\n"
        "        student.f(1)\n    if bad(caught):\n        raise caught.value\n"
        "def test_b(student):\n    for i in y:\n        expect.close(\n            i, 2)\n"
        "    student.done()\n"
    )
    weakened, removed = without_last_assertion(source, "test_a")
    assert removed == "raise caught.value" and "        pass\ndef test_b" in weakened
    weakened, removed = without_last_assertion(source, "test_b")
    assert removed.startswith("expect.close(") and weakened.count("pass") == 1
    assert compile(weakened, "weakened", "exec")
