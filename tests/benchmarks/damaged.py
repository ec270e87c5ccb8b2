"""Notebooks as they can arrive: solved, then damaged by an editor, a website or an accident.

Each function changes the data of a notebook's file, or returns the bytes of a file.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Damage:
    """One kind of damage, in words, and the function that does it."""

    name: str
    what: str
    apply: Callable[[Data], bytes | None]

    def file(self, notebook: Data) -> bytes:
        """The bytes of the damaged notebook's file."""
        data = copy.deepcopy(notebook)
        return self.apply(data) or json.dumps(data).encode()


def named(data: Data, name: str) -> int:
    """The position of the cell with that nbgrader id."""
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in data["cells"]]
    return ids.index(name)


def exercise(data: Data) -> str:
    """The exercise that is damaged: the last one in code that has a check."""
    ids = [cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in data["cells"]]
    return next(name for name in reversed(ids) if f"{name}-check" in ids)


def lose_metadata(data: Data) -> None:
    for cell in data["cells"]:
        cell["metadata"] = {}


def lose_metadata_and_ids(data: Data) -> None:
    lose_metadata(data)
    for cell in data["cells"]:
        cell.pop("id", None)
    data["nbformat_minor"] = 4


def lose_one_note(data: Data) -> None:
    data["cells"][named(data, exercise(data))]["metadata"] = {}


def lose_checks(data: Data) -> None:
    data["cells"].pop(named(data, f"{exercise(data)}-check"))


def copy_cell(data: Data) -> None:
    at = named(data, exercise(data))
    empty = copy.deepcopy(data["cells"][at])
    empty["id"] = "pasted"
    empty["source"] = "# YOUR CODE HERE\nraise NotImplementedError()"
    data["cells"].insert(at, empty)


def save_in_colab(data: Data) -> None:
    for number, cell in enumerate(data["cells"]):
        cell["metadata"] |= {"id": cell.pop("id", f"cell{number}")}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {"colab": {"base_uri": "https://localhost:8080/"}}
    data["metadata"] = {
        "accelerator": "GPU",
        "colab": {"gpuType": "T4", "provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    data["nbformat_minor"] = 0


def name_another_kernel(data: Data) -> None:
    data["metadata"] = {"kernelspec": {"name": "conda-env-dl-py", "display_name": "dl"}}


def break_a_character(data: Data) -> None:
    cell = data["cells"][named(data, exercise(data))]
    cell["source"] = "".join(cell["source"]) + "\n# half of an emoji: \ud83e"


def add_byte_order_mark(data: Data) -> bytes:
    return json.dumps(data).encode("utf-8-sig")


def leave_a_conflict(data: Data) -> bytes:
    lines = json.dumps(data, indent=1).splitlines()
    lines[40:40] = ["<<<<<<< HEAD", "=======", ">>>>>>> 3f2a1c0"]
    return "\n".join(lines).encode()


DAMAGES = (
    Damage("metadata_lost", "an editor removed the metadata of all cells", lose_metadata),
    Damage("ids_lost", "the metadata and the ids of all cells are removed", lose_metadata_and_ids),
    Damage("one_note_lost", "one answer was cut and pasted, without its metadata", lose_one_note),
    Damage("check_deleted", "the check of one exercise is deleted", lose_checks),
    Damage("cell_copied", "an empty copy of an answer's cell, before it", copy_cell),
    Damage("saved_in_colab", "saved in Colab: older format, other metadata", save_in_colab),
    Damage("other_kernel", "names a kernel that this machine does not have", name_another_kernel),
    Damage("half_character", "half of an emoji in a comment", break_a_character),
    Damage("byte_order_mark", "a byte order mark at the start of the file", add_byte_order_mark),
    Damage("merge_conflict", "the marks of a merge conflict in the file", leave_a_conflict),
)
