"""What a cell defines, reads and writes."""

from autograder.audit.dataflow import binds, file_names, goes_on, makes, reads


def test_dependence_is_read_from_the_code():
    cells = {
        "f": "import numpy as np\ndef f(x):\n    return np.dot(x, w)",
        "model": "model = train(f)\nopen('weights.pt', 'w')",
        "other": "other = 3",
        "result": "result = model + 1",
    }
    assert [makes(cell) for cell in cells.values()] == [False, True, True, True]
    assert binds(cells["f"]) == {"f"} and binds(cells["model"]) == {"model"}
    assert {"train", "f"} <= reads(cells["model"])
    assert goes_on("model", cells) == ["result"] and goes_on("f", cells) == ["model", "result"]
    assert file_names(cells["model"]) == {"weights.pt"}
