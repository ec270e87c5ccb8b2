"""What a kernel displays: figures, values, widgets. What comes too fast is left out.

As of printed text, a message says in its metadata what was left out before it.
"""

import json
import threading
from typing import Any

from autograder.probe.protocol import LEFT_OUT
from autograder.probe.streams import CellStream, Rate, after_fork

LARGEST = 32 * 2**20  # bytes of a message that is sent
DELIMITER = b"<IDS|MSG>"  # of Jupyter's messages: after it a signature and four parts in JSON
OUTPUTS = ("display_data", "update_display_data", "execute_result", "clear_output")


class OutputSocket:
    """The kernel's way to publish all but printed text. ipykernel calls it `iopub_socket`.

    Displayed outputs that come too fast, or are too large, are left out, except the last one.
    """

    def __init__(self, io_thread: Any):
        self.io_thread = io_thread
        self.streams: tuple[CellStream, ...] = ()
        self._start_afresh()
        after_fork(self._start_afresh)

    def _start_afresh(self) -> None:
        self._lock = threading.RLock()
        self._allow_afresh()
        self._waiting: dict[str, list[Any]] = {}  # the latest message of each kind, in order
        self._header: dict[str, Any] = {}  # of the cell that they are from
        self._outputs = self._size = 0  # what was left out before them

    def _allow_afresh(self) -> None:
        self._messages, self._bytes = Rate(1000, 2), Rate(2 * LARGEST, LARGEST / 16)

    def send(self, message: Any, *arguments: Any, **options: Any) -> None:
        """Publish a message of one part."""
        self.send_multipart([message], *arguments, **options)

    def send_multipart(self, parts: list[Any], *arguments: Any, **options: Any) -> None:
        """Publish a message, after what was printed before it."""
        kind, parent, content = _read(parts)
        with self._lock:
            if kind.startswith("comm_") and b'"msg_id"' not in content:
                if self._messages.take():  # nothing shows widgets, so nothing is lost
                    self.io_thread.send_multipart(parts, *arguments, **options)
            elif kind in OUTPUTS and not self._admits(parts):
                self._hold(kind, json.loads(parent), parts)
            else:
                if kind == "execute_input":  # a cell begins
                    self._allow_afresh()
                self.send_waiting()
                self.io_thread.send_multipart(parts, *arguments, **options)

    def send_waiting(self, blocking: bool = True) -> bool:
        """Send what was printed, and what was held back.

        Returns whether it could: without `blocking`, not if another thread is sending.
        """
        if not self._lock.acquire(blocking):
            return False
        try:
            waiting, self._waiting = self._waiting, {}
            if cleared := waiting.pop("clear_output", []):
                self.io_thread.send_multipart(cleared)
            for stream in self.streams:
                stream.send_collected()
            if self._outputs:
                left_out = {LEFT_OUT: {"outputs": self._outputs, "bytes": self._size}}
                self.streams[0].send("", self._header, left_out)
                self._outputs = self._size = 0
            for parts in waiting.values():
                self.io_thread.send_multipart(parts)
            return True
        finally:
            self._lock.release()

    def _admits(self, parts: list[Any]) -> bool:
        size = _size(parts)
        return size <= LARGEST and self._messages.take() and self._bytes.take(size)

    def _hold(self, kind: str, header: dict[str, Any], parts: list[Any]) -> None:
        """Let the latest output, and the clearing before it, wait for `send_waiting`."""
        self._header = header
        if kind == "clear_output":
            self._waiting, self._outputs, self._size = {}, 0, 0
            for stream in self.streams:
                stream.discard()
        is_sendable = _size(parts) <= LARGEST
        dropped = self._waiting.pop(kind, []) if is_sendable else parts
        if dropped and kind != "update_display_data":  # an update follows that replaces it
            self._outputs += 1
            self._size += _size(dropped)
        if is_sendable:
            self._waiting[kind] = parts


def _read(parts: list[Any]) -> tuple[str, bytes, bytes]:
    """(type, header of the cell, content) of a message; empty if it is no message of Jupyter's."""
    try:
        start = parts.index(DELIMITER)
        return str(json.loads(parts[start + 2])["msg_type"]), parts[start + 3], parts[start + 5]
    except (ValueError, KeyError, TypeError, IndexError):
        return "", b"", b""


def _size(parts: list[Any]) -> int:
    return sum(map(len, parts))
