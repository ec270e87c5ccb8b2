"""The imports that grading will not have, found in a notebook's text."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.check.checks import import_warnings
from autograder.check.imports import missing_imports
from autograder.notebook.packages import Package, Packages

PACKAGES = Packages(
    (Package("scikit-learn", "1.9.1", ("sklearn",)), Package("torch", "2.13.0", ("torch",))),
    ("google.protobuf", "IPython"),
)


def found(*sources, beside=frozenset()):
    """The names of the modules that are found in these cells."""
    book = new_notebook(cells=[new_code_cell(source) for source in sources])
    return [name for _, name in missing_imports(book, PACKAGES, beside)]


@pytest.mark.parametrize(
    "source",
    [
        "import onnx",
        "import onnx.helper as h, sys",
        "from onnx.helper import make",
        "def f():\n    if x > 1:\n        import onnx",
        "class A:\n    for i in y:\n        from onnx import z",
        "import importlib\nimportlib.import_module('onnx.helper')",
        "from importlib import import_module\nimport_module('onnx')",
        "__import__('onnx')",
        "%matplotlib inline\nimport onnx",
        "!pip install onnx\nimport onnx",
        "%%time\nimport onnx",
        "%%capture out\n\n%%time\nimport onnx",
        "x = !ls\nimport onnx\ny?",
        "try:\n    import onnx\nfinally:\n    pass",
        "try:\n    import onnx\nexcept KeyError:\n    pass",
        "try:\n    import jax\nexcept ImportError:\n    import onnx",
        "try:\n    import jax\nexcept ImportError:\n    !pip install onnx\n    import onnx",
        "try:\n    import torch\nexcept ImportError:\n    torch = None\nelse:\n    import onnx",
        "with open('x') as f:\n    import onnx",
        "if torch.cuda.is_available():\n    import onnx",
        "if fast:\n    pass\nelse:\n    import onnx",
    ],
)
def test_an_import_is_found_at_any_depth(source):
    assert found(source) == ["onnx"]


@pytest.mark.parametrize(
    "source",
    [
        "import os, json.decoder, __future__, __main__",
        "import sklearn.metrics\nfrom torch import nn",
        "import google\nimport google.protobuf.message\nfrom google import protobuf",
        "from . import helper\nfrom .onnx import x",
        "try:\n    import onnx\nexcept ImportError:\n    onnx = None",
        "try:\n    from onnx import x\nexcept (KeyError, ModuleNotFoundError):\n    pass",
        "try:\n    def f():\n        import onnx\nexcept:\n    pass",
        "try:\n    import onnx\nexcept Exception:\n    pass\nelse:\n    import onnx.helper",
        "try:\n    import torch\nexcept ImportError:\n    import onnx",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import onnx",
        "import importlib.util\nif importlib.util.find_spec('onnx'):\n    import onnx",
        "if 'google.colab' in sys.modules:\n    from google.colab import drive\n    import onnx",
        "if IN_COLAB:\n    from google.colab import drive",
        "if TYPE_CHECKING:\n    import onnx",
        "importlib.import_module('.onnx', 'package')",
        "importlib.import_module(name)",
        "import onnx =",
        "'import onnx'  # import onnx",
        "%%bash\nimport onnx",
        "%%writefile onnx.py\nx = 1",
        "x = '\\0'",
    ],
)
def test_nothing_is_found_where_nothing_is_missing(source):
    assert found(source) == []


def test_a_cell_too_deep_to_look_into_costs_the_others_nothing():
    assert found("+".join(["1"] * 5000), "import onnx") == ["onnx"]


def test_a_module_is_named_once_at_its_first_cell():
    book = new_notebook(
        cells=[
            new_markdown_cell("import onnx"),
            new_code_cell("import onnx"),
            new_code_cell("import onnx.helper, jax"),
        ]
    )
    first, second = missing_imports(book, PACKAGES, frozenset())
    assert (first[0].source, first[1]) == ("import onnx", "onnx")
    assert (second[0].source, second[1]) == ("import onnx.helper, jax", "jax")


def test_a_shared_folder_is_looked_into():
    assert found("import google.colab.files") == ["google.colab"]
    assert found("from google import colab, protobuf") == ["google.colab"]
    assert found("from google.cloud.storage import Client") == ["google.cloud"]


def test_modules_beside_the_notebook_and_those_that_it_writes_count():
    assert found("import helper, onnx", beside=frozenset(["helper"])) == ["onnx"]
    assert found("%%writefile -a helper.py\nx = 1", "import helper") == []
    assert found("import helper", "open('lib/helper.py', 'w').write('x = 1')") == []


def test_the_warnings_name_cell_and_package():
    book = new_notebook(
        cells=[
            new_code_cell("import onnx", execution_count=3),
            new_code_cell("from google.colab import drive", execution_count=4),
            new_code_cell("import jax\n"),
        ]
    )
    assert import_warnings(book, frozenset()) == (
        "In [3] imports onnx, which grading does not have: environment.md lists what it has",
        "In [4] imports google.colab, and grading is not Colab: "
        "delete the import, or put it in a try with except ImportError",
        "the cell 'import jax' imports jax, which grading does not have: "
        "environment.md lists what it has",
    )
