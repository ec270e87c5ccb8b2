"""The outputs of one cell, made from the kernel's messages and bounded as they come in.

What is too much is left out, and a line says how much. Student code can send any message, so
everything is bounded here too, whatever the kernel did before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from autograder.notebook.entries import (
    STREAMS,
    Entry,
    LeftOut,
    Rich,
    Text,
    bounded,
    length,
    nodes,
    shortened,
)
from autograder.probe.protocol import LEFT_OUT

KEPT_CHARACTERS = 10_000  # of a cell's text, at its beginning and at its end
KEPT_WITHOUT_ROOM = 500  # the same, where the notebook's other cells have used up all room
KEPT_ERROR = 5_000  # the same, of an error's message
KEPT_OUTPUTS = 500
# The messages that `CellOutputs.receive` takes.
RECEIVED = frozenset(
    (
        "stream",
        "display_data",
        "execute_result",
        "error",
        "update_display_data",
        "clear_output",
        "comm_msg",
    )
)


class CellOutputs:
    """Collects the outputs of one running cell.

    `room` is how many bytes of rich outputs there may be, and `earlier` the rich outputs of earlier
    cells, which this cell can update.
    """

    def __init__(self, room: int, earlier: Sequence[Rich] = ()):
        self.entries: list[Entry] = []
        self._room = room
        self._characters = KEPT_CHARACTERS if room > 0 else KEPT_WITHOUT_ROOM
        self._earlier = earlier
        self._unbounded = 0  # characters since the last call of `bounded`
        self._clears_next = False
        self._capturing: set[str] = set()  # output widgets that capture what the cell prints

    @property
    def size(self) -> int:
        """About how many bytes the outputs have."""
        return sum(length(entry) for entry in self.entries)

    def receive(self, kind: str, content: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        """Add what one message brings. A malformed message can raise any exception."""
        match kind:
            case "clear_output" if not self._capturing:
                if content.get("wait"):
                    self._clears_next = True
                else:
                    self._clear()
            case "comm_msg":
                self._note_widget(content)
            case "stream":
                self._clear_if_due()
                self._add(_left_out(metadata))
                stream = content["name"] if content["name"] in STREAMS else STREAMS[0]
                self._add(Text(stream, _checked(content["text"], str)))
            case "update_display_data":
                self._update(_rich(kind, content))
            case "display_data" | "execute_result" | "error":
                self._clear_if_due()
                rich = _rich(kind, content)
                self._update(rich)
                fits = kind == "error" or rich.size <= self._room - self._rich_size()
                self._add(rich if fits else LeftOut(outputs=1, size=rich.size))

    def finished(self) -> list[NotebookNode]:
        """The outputs for the notebook."""
        self.entries = bounded(self.entries, self._characters, KEPT_OUTPUTS)
        return nodes(self.entries)

    def displays(self) -> list[Rich]:
        """The outputs that a later cell can update."""
        return [entry for entry in self.entries if isinstance(entry, Rich) and entry.display_id]

    def _add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._unbounded += length(entry) if isinstance(entry, Text) else 0
        if self._unbounded > 4 * KEPT_CHARACTERS or len(self.entries) > 2 * KEPT_OUTPUTS:
            self.entries = bounded(self.entries, self._characters, KEPT_OUTPUTS)
            self._unbounded = 0

    def _clear_if_due(self) -> None:
        if self._clears_next:
            self._clear()

    def _clear(self) -> None:
        self.entries, self._unbounded, self._clears_next = [], 0, False

    def _rich_size(self) -> int:
        return sum(entry.size for entry in self.entries if isinstance(entry, Rich))

    def _update(self, new: Rich) -> None:
        """Put new data into the displays of the same id, if there is room."""
        if not new.display_id:
            return
        for shown in (*self._earlier, *self.displays()):
            fits = self._rich_size() - shown.size + new.size <= self._room
            if fits and shown.display_id == new.display_id:
                shown.output.update(data=new.output.data, metadata=new.output.metadata)
                shown.size = new.size

    def _note_widget(self, content: Mapping[str, Any]) -> None:
        """Note whether an output widget of ipywidgets captures the output.

        Widgets are not shown here. What one captures stays in the cell, and only the widget, not
        the cell, is cleared meanwhile.
        """
        state = content["data"].get("state", {})
        if "msg_id" in state and len(self._capturing) < KEPT_OUTPUTS:
            change = self._capturing.add if state["msg_id"] else self._capturing.discard
            change(_checked(content["comm_id"], str))


def _left_out(metadata: Mapping[str, Any]) -> LeftOut:
    """What the kernel says it left out before a message."""
    told = _checked(metadata.get(LEFT_OUT, {}), dict)
    numbers = [_checked(told.get(name, 0), int) for name in ("characters", "outputs", "bytes")]
    return LeftOut(*(min(max(number, 0), 10**15) for number in numbers))


def _rich(kind: str, content: Mapping[str, Any]) -> Rich:
    """The output of a message, with its texts shortened."""
    kind = "display_data" if kind == "update_display_data" else kind
    output = output_from_msg({"header": {"msg_type": kind}, "content": content})
    if kind == "error":
        output.ename = shortened(str(output.ename), KEPT_ERROR)
        output.evalue = shortened(str(output.evalue), KEPT_ERROR)
        whole = "\n".join(map(str, output.traceback))
        traceback = shortened(whole, KEPT_ERROR)
        if traceback != whole:
            output.traceback = traceback.split("\n")
        return Rich(output, len(output.evalue) + len(traceback))
    plain = _checked(output.data, dict).get("text/plain")
    _checked(output.metadata, dict)
    if isinstance(plain, str):
        output.data["text/plain"] = shortened(plain, KEPT_CHARACTERS)
    size = len(str(output.data)) + len(str(output.metadata))
    display_id = (content.get("transient") or {}).get("display_id") or ""
    return Rich(output, size, _checked(display_id, str))


def _checked(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
    return value
