"""What reading and restoring changed in a submitted notebook, and in which cell.

`results.wording` has the sentences for them.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """The kind of a change to a submitted notebook."""

    FOREIGN_ID = "foreign_id"
    DUPLICATE = "duplicate"
    EDITED = "edited"
    DELETED = "deleted"
    KERNEL = "kernel"
    OTHER_NOTEBOOK = "other_notebook"
    DAMAGED = "damaged"
    LEFT_OUT = "left_out"
    LOST_METADATA = "lost_metadata"
    JOINED = "joined"
    BESIDE = "beside"
    ELSEWHERE = "elsewhere"
    NO_PICTURE = "no_picture"


@dataclass(frozen=True)
class CellChange:
    """One change to a submitted notebook.

    `cell` is the cell's id. For FOREIGN_ID, DAMAGED and LEFT_OUT it is the cell's number, from 1;
    for KERNEL the name of the kernel that the submission asked for, or ''; for OTHER_NOTEBOOK a
    file's name; for LOST_METADATA the names of the cells that were found again. `instead` is what
    replaced a kernel, why a cell was left out, or a picture's name.
    """

    kind: ChangeKind
    cell: str
    instead: str = ""

    @property
    def is_routine(self) -> bool:
        """Whether the change concerns only the course's own cells, and asks for no attention."""
        return self.kind in ROUTINE or (self.kind is ChangeKind.KERNEL and bool(self.cell))


ROUTINE = frozenset(
    (ChangeKind.FOREIGN_ID, ChangeKind.DUPLICATE, ChangeKind.EDITED, ChangeKind.DELETED)
)
