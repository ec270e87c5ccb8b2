"""What a cell defines, reads and writes."""

from autograder.audit.dataflow import (
    assigned_names,
    downstream,
    file_names,
    has_side_effects,
    read_names,
)


def test_dataflow_is_read_from_the_code():
    cells = {
        "f": "import numpy as np\ndef f(x):\n    return np.dot(x, w)",
        "model": "model = train(f)\nopen('weights.pt', 'w')",
        "other": "other = 3",
        "result": "result = model + 1",
    }
    assert [has_side_effects(cell) for cell in cells.values()] == [False, True, True, True]
    assert assigned_names(cells["f"]) == {"f"}
    assert assigned_names(cells["model"]) == {"model"}
    assert {"train", "f"} <= read_names(cells["model"])
    assert downstream("model", cells) == ["result"]
    assert downstream("f", cells) == ["model", "result"]
    assert file_names(cells["model"]) == {"weights.pt"}
