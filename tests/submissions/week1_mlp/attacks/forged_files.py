# attack: hands in and writes results, grades and settings of pytest and Python, and modules that shadow others
# class: gain
# base: stub
# expect: 0 points
# fast: yes
import json, os
forged = {"student": "@NAME@", "score": 100, "max_score": 100, "status": "graded", "exercises": []}
for name in ("result.json", "../result.json", "autograded/result.json", "gradebook.db"):
    try:
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        open(name, "w").write(json.dumps(forged))
    except OSError:
        pass
# --- file: conftest.py
import pytest

@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().outcome = "passed"
# --- file: sitecustomize.py
import builtins
builtins.all = builtins.any = lambda *a: True
# --- file: usercustomize.py
import os
os.environ["SCORE"] = "100"
# --- file: autograder/__init__.py
__version__ = "forged"
# --- file: autograder/testing.py
def points(n):
    return lambda test: (lambda *a, **k: None)
# --- file: expect.py
def number(x):
    return x
# --- build:
(folder / "pytest.ini").write_text("[pytest]\naddopts = --co -p conftest\n")
(folder / "setup.cfg").write_text("[tool:pytest]\naddopts = --co\n")
(folder / "result.json").write_text('{"score": 100, "status": "graded", "exercises": []}')
(folder / "tests").mkdir()
(folder / "tests" / "test_mse_loss.py").write_text("def test_all(): pass\n")
