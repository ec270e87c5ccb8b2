"""The limits of one submission, and amounts of memory as people write them."""

import re
from dataclasses import dataclass

TOTAL_PER_NOTEBOOK = 1.5  # a notebook that takes all of its time leaves half as much for its tests
UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}
UNITS |= {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
AMOUNT = re.compile(rf"\s*(\d{{1,12}}(?:\.\d{{1,6}})?)\s*({'|'.join(UNITS)})\s*", re.ASCII)


@dataclass(frozen=True)
class Limits:
    """Limits for one submission. Exceeding one ends that cell, call or kernel, never the run.

    Figures and other outputs of a cell beyond `output_bytes` are left out, and end nothing.
    """

    cell_seconds: float = 60.0
    notebook_seconds: float = 240.0
    call_seconds: float = 30.0
    exercise_seconds: float = 90.0
    memory_bytes: int = 4 * 2**30
    processes: int = 64
    disk_bytes: int = 512 * 2**20
    output_bytes: int = 4 * 2**20
    submission_bytes: int = 256 * 2**20
    kernel_starts: int = 8

    @property
    def total_seconds(self) -> float:
        """The most that one submission may take in all, in seconds, whatever its code does."""
        return TOTAL_PER_NOTEBOOK * self.notebook_seconds


def read_bytes(text: object) -> int:
    """The number of bytes of a text such as '4 GiB'. Raises ValueError for anything else."""
    amount = AMOUNT.fullmatch(text) if isinstance(text, str) else None
    if amount is None:
        raise ValueError(f"{text!r:.50} is not an amount: write a number and a unit, as in '4 GiB'")
    return round(float(amount[1]) * UNITS[amount[2]])


def show_bytes(count: int) -> str:
    """The text of a number of bytes, in the largest unit in which it is a whole number."""
    size, name = max((size, name) for name, size in UNITS.items() if not count % size)
    return f"{count // size} {name}"
