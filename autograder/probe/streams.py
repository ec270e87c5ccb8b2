"""What a kernel prints, sent in few messages, so that no text stops or slows the code.

Each message costs its sender and its reader time, and a reader that falls behind loses messages. So
text is collected, and sent a few times per second. A message says in its metadata what was left out
before it; `notebook.outputs` turns that into words.
"""

import codecs
import os
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.util import Finalize
from typing import Any

from ipykernel.iostream import OutStream

from autograder.probe.protocol import LEFT_OUT
from autograder.probe.terminal import condense

KEPT = 10_000  # characters at the beginning and at the end of what is printed between two messages
READ = 2**16  # bytes
LOGGED = 2**16  # bytes of the process's own output that go on to the log of the kernel


def after_fork(renew: Callable[[], None]) -> None:
    """Call `renew` in every process that is forked from this one. On Windows there is none."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=renew)


class Rate:
    """An allowance that is used up and fills again: a token bucket."""

    def __init__(self, most: float, per_second: float):
        self._most, self._per_second = most, per_second
        self._left, self._looked = most, time.monotonic()

    def take(self, amount: float = 1) -> bool:
        """Whether there is as much left; it is then used up."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._looked) * self._per_second)
        self._looked = now
        if self._left < amount:
            return False
        self._left -= amount
        return True


class Collected:
    """The text that one cell printed since the last message, cut in the middle if it is long."""

    def __init__(self, header: dict[str, Any]):
        self.header = header
        self._beginning = ""
        self._left_out = 0
        self._pieces: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        """Append to the text."""
        self._pieces.append(text)
        self._size += len(text)
        if self._size > 4 * KEPT:
            self._shorten()

    def messages(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """(text, metadata) of the messages that the text becomes."""
        self._shorten()
        if self._left_out:
            yield self._beginning, {}
        left_out = {LEFT_OUT: {"characters": self._left_out}} if self._left_out else {}
        yield self._pieces[0], left_out

    def _shorten(self) -> None:
        text = condense("".join(self._pieces), at_start=False)
        if not self._left_out and len(text) > 2 * KEPT:
            self._beginning, text = text[:KEPT], text[KEPT:]
        if self._beginning and len(text) > KEPT:
            self._left_out += len(text) - KEPT
            text = text[-KEPT:]
        self._pieces, self._size = [text], len(text)


class CellStream(OutStream):
    """A kernel's sys.stdout or sys.stderr. ipykernel's own sends a message for each flush.

    A flush is a request to send soon: the first ones are met at once, and then a few per second.
    What waits after a flush is sent before the stream `beside` takes more, and before anything else
    is sent, so the order stays.
    """

    beside: "CellStream | None" = None
    socket: Any = None  # the OutputSocket, which sends for both streams, in order

    def __init__(self, *arguments: Any, **options: Any):
        self._start_afresh()
        self._main_thread = threading.get_ident()
        super().__init__(*arguments, **options)
        after_fork(self._start_afresh)

    def _start_afresh(self) -> None:
        """A forked process sends none of its parent's text, and holds none of its locks."""
        self._lock = threading.RLock()
        self._collected: dict[str, Collected] = {}  # by the cell's message
        self._flushes, self._turns = Rate(20, 5), Rate(50, 10)
        self._is_flushed = False  # whether something waits after a flush
        self._thread_writes = Rate(5_000, 50_000)
        self._end_of_child: Any = None
        self._sent = 0.0  # when, in a forked process

    def write(self, string: str) -> int:
        """Collect a text. It is sent within 0.2 s.

        A thread that prints without end is slowed, not the cells that run beside it.
        """
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string).__name__}")
        if self.pub_thread is None:
            raise ValueError("I/O operation on closed file")
        if self.beside is not None and self.beside._is_flushed:
            self.beside.send_in_turn()
        header = self.parent_header
        cell = header.get("msg_id", "")
        with self._lock:
            if cell not in self._collected:
                self._collected[cell] = Collected(header)
            self._collected[cell].add(string)
        if not self._is_master_process():
            self._send_from_child()
        else:
            self._schedule_flush()
            if threading.get_ident() != self._main_thread and not self._thread_writes.take():
                time.sleep(0.01)
        return len(string)

    def flush(self) -> None:
        """Send what was printed, now or soon."""
        if not self._collected:
            return
        if not self._flushes.take():
            self._is_flushed = True
        elif self._is_master_process():
            super().flush()
        else:
            self.send_all()

    def send_in_turn(self) -> None:
        """Send what waits after a flush, unless the streams take turns too often."""
        if self._turns.take():
            self.send_all()

    def send_collected(self) -> None:
        """Send what was printed. The lock keeps two threads from sending it in another order."""
        self._is_flushed = False
        with self._lock:
            collected, self._collected = self._collected, {}
            for one in collected.values():
                for text, metadata in one.messages():
                    self.send(text, one.header, metadata)

    def send_all(self, blocking: bool = True) -> bool:
        """Send what both streams and the socket hold. Returns whether it could."""
        if self.socket is not None:
            return bool(self.socket.send_waiting(blocking))
        self.send_collected()
        return True

    def discard(self) -> None:
        """Forget what was printed and not sent: the cell's output is cleared."""
        with self._lock:
            self._collected = {}

    def _flush(self) -> None:
        """Send all that waits. ipykernel's thread calls it, at a flush and after an interval.

        It does not wait for a thread that is sending, which can itself wait for ipykernel's.
        """
        self._flush_pending = False
        if not self.send_all(blocking=False):
            self._schedule_flush()

    def send(self, text: str, header: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Send one message."""
        self.session.pid = os.getpid()  # as in ipykernel: `pub_thread` works in a forked process
        content = {"name": self.name, "text": text}
        message = self.session.msg("stream", content, parent=header, metadata=metadata)
        self.session.send(self.pub_thread, message, ident=self.topic)

    def _send_from_child(self) -> None:
        """In a forked process there is no thread that sends later, and each message is slow."""
        if self._end_of_child is None:
            self._end_of_child = Finalize(None, self.send_all, exitpriority=0)
        if time.monotonic() - self._sent > self.flush_interval:
            self.send_all()
            self._sent = time.monotonic()

    def _watch_pipe_fd(self) -> None:
        """Collect what the process writes past Python, such as `os.write(1, ...)`."""
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        logged = 0
        try:
            while (data := os.read(self._fid, READ)) and self._should_watch:
                self.write(decode(data))
                if logged < LOGGED:
                    logged += os.write(self._original_stdstream_copy, data)
        except (OSError, ValueError):
            return  # the stream is closed
