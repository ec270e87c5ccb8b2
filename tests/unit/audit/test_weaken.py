"""A hidden test without its last assertion."""

from autograder.audit.weaken import without_last_assertion


def test_the_last_assertion_is_found():
    source = (
        "def test_a(student):\n    '''Hint.'''\n    assert x\n    with raises(E) as caught:\n"
        "        student.f(1)\n    if bad(caught):\n        raise caught.value\n"
        "def test_b(student):\n    for i in y:\n        expect.close(\n            i, 2)\n"
        "    student.done()\n"
    )
    weak, lost = without_last_assertion(source, "test_a")
    assert lost == "raise caught.value" and "        pass\ndef test_b" in weak
    weak, lost = without_last_assertion(source, "test_b")
    assert lost.startswith("expect.close(") and weak.count("pass") == 1
    assert compile(weak, "weak", "exec")
