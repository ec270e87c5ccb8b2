"""Traces that a copied notebook carries: what it printed, and the ids of its cells.

The numbers that a training prints, the address of an object in memory, a drawn figure: they differ
between runs. Editors give each new cell a random id. Grading reads neither, so the reader leaves
them out, and they are taken from the file's JSON here. The file may hold anything.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.notebook.file import read_json

MOST_TEXT = 200_000  # characters of a cell's output
DECIMALS = 5  # significant digits: fewer are often equal by chance
LEAST_FIGURE = 1000  # characters of a figure: a smaller one is empty
NUMBER = re.compile(r"(?<![\w.])-?(\d+\.\d{4,})(?:[eE][+-]?\d+)?(?![\w.])")
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{8,16}\b")
RANDOM_ID = re.compile(r"(?!cell)[A-Za-z0-9_-]{8,64}", re.IGNORECASE)


@dataclass(frozen=True)
class Traces:
    """What a notebook's outputs hold that differs between runs, and its cells' ids."""

    outputs: frozenset[str] = frozenset()
    cell_ids: frozenset[str] = frozenset()


NO_TRACES = Traces()


def read_traces(path: Path) -> Traces:
    """The traces in a notebook's file. Raises BadSubmission if it cannot be read."""
    cells = read_json(path).get("cells")
    kept = [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []
    outputs = (trace for cell in kept for trace in _outputs(cell))
    return Traces(frozenset(outputs), frozenset(name for cell in kept for name in _ids(cell)))


def _outputs(cell: Mapping[str, Any]) -> Iterator[str]:
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        data = output.get("data")
        data = data if isinstance(data, dict) else {}
        text = _joined(output.get("text")) + "\n" + _joined(data.get("text/plain"))
        for found in NUMBER.finditer(text[:MOST_TEXT]):
            if len(found[1].replace(".", "").strip("0")) >= DECIMALS:
                yield found[0]
        yield from ADDRESS.findall(text[:MOST_TEXT])
        figure = _joined(data.get("image/png"))
        if len(figure) >= LEAST_FIGURE:
            yield f"figure {hashlib.sha256(figure.strip().encode()).hexdigest()[:8]}"


def _ids(cell: Mapping[str, Any]) -> Iterator[str]:
    """A cell's own id, and Colab's."""
    metadata = cell.get("metadata")
    for place in (cell, metadata if isinstance(metadata, dict) else {}):
        name = place.get("id")
        if isinstance(name, str) and RANDOM_ID.fullmatch(name):
            yield name


def _joined(text: Any) -> str:
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""
