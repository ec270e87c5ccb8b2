"""What a notebook can import in grading."""

import pytest

from autograder.errors import AutograderError
from autograder.grading.options import Options
from autograder.grading.pools import LocalPool
from autograder.notebook import packages
from autograder.notebook.packages import Package, Packages, grading_packages, require_packages


@pytest.mark.parametrize(
    ("module", "part"),
    [
        ("sklearn", ""),
        ("sklearn.metrics", ""),
        ("Bio.SeqIO", ""),
        ("mpl_toolkits", ""),
        ("mpl_toolkits.mplot3d", ""),
        ("PIL.Image", ""),
        ("IPython.display", ""),
        ("json", ""),
        ("google", ""),
        ("google.colab.files", "google.colab"),
        ("onnx.helper", "onnx"),
        ("torchvision", "torchvision"),
        ("autograder.testing", "autograder"),
    ],
)
def test_the_part_of_a_module_that_grading_does_not_have(module, part):
    assert grading_packages().missing_part(module) == part


def test_nothing_is_graded_in_an_environment_that_breaks_the_promise(monkeypatch):
    require_packages()
    promised = (Package("numpy", "2", ("numpy",)), Package("no-such-package", "1", ("x",)))
    monkeypatch.setattr(packages, "grading_packages", lambda: Packages(promised, ()))
    with pytest.raises(AutograderError, match="promises no-such-package to notebooks, which this"):
        LocalPool(None, Options(), workers=1, count=1)
