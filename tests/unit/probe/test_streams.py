"""What a kernel sends of what its code prints and displays, without a kernel."""

import json
from typing import Any

import pytest

from autograder.probe import displays, streams
from autograder.probe.displays import OutputSocket
from autograder.probe.streams import KEPT, Collected, Rate


class Thread:
    """In place of ipykernel's thread that sends: keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[list[bytes]] = []

    def send_multipart(self, parts: list[bytes]) -> None:
        self.sent.append(parts)

    @property
    def kinds(self) -> list[str]:
        return [json.loads(parts[2])["msg_type"] for parts in self.sent]


class Stream:
    """In place of sys.stdout: its text stands among the messages."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.text = ""

    def send_collected(self) -> None:
        text, self.text = self.text, ""
        if text:
            self.send(text, {}, {})

    def discard(self) -> None:
        self.text = ""

    def send(self, text: str, header: dict[str, Any], metadata: dict[str, Any]) -> None:
        content = json.dumps([text, metadata]).encode()
        self.thread.send_multipart(message("stream", content))


def message(kind: str, content: bytes = b"{}") -> list[bytes]:
    header = json.dumps({"msg_type": kind}).encode()
    return [displays.DELIMITER, b"signature", header, b'{"msg_id": "cell"}', b"{}", content]


@pytest.fixture
def socket(monkeypatch: pytest.MonkeyPatch) -> OutputSocket:
    monkeypatch.setattr(streams.time, "monotonic", lambda: 0.0)  # no allowance fills again
    made = OutputSocket(Thread())
    made.streams = (Stream(made.io_thread),)  # type: ignore[assignment]
    return made


def test_an_allowance_is_used_up_and_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(streams.time, "monotonic", lambda: now)
    rate = Rate(2, 10)
    assert [rate.take() for _ in range(3)] == [True, True, False]
    now = 0.1
    assert [rate.take() for _ in range(2)] == [True, False]


def test_long_text_keeps_its_beginning_and_its_end_and_is_never_held_as_a_whole() -> None:
    collected, lines = Collected({}), [f"line {number}\n" for number in range(100_000)]
    for line in lines:
        collected.add(line)
        assert collected._size < 5 * KEPT
    (beginning, first), (end, second) = collected.messages()
    whole = "".join(lines)
    assert (beginning, end) == (whole[:KEPT], whole[-KEPT:])
    assert first == {}
    assert second == {"left_out": {"characters": len(whole) - 2 * KEPT}}


def test_text_of_any_length_that_fits_is_one_message() -> None:
    collected = Collected({})
    for _ in range(2 * KEPT):
        collected.add("x")
    assert list(collected.messages()) == [("x" * 2 * KEPT, {})]


def test_what_was_printed_stands_before_what_is_displayed_after_it(socket: OutputSocket) -> None:
    socket.streams[0].text = "before"  # type: ignore[attr-defined]
    socket.send_multipart(message("display_data"))
    assert socket.io_thread.kinds == ["stream", "display_data"]


def test_a_flood_of_displays_keeps_its_beginning_and_its_end(socket: OutputSocket) -> None:
    for number in range(1500):
        socket.send_multipart(message("display_data", b"%d" % number))
    socket.send_multipart(message("status"))
    contents = [parts[-1] for parts in socket.io_thread.sent]
    assert contents[:1000] == [b"%d" % number for number in range(1000)]
    assert socket.io_thread.kinds[1000:] == ["stream", "display_data", "status"]
    assert json.loads(contents[1000])[1]["left_out"]["outputs"] == 499
    assert contents[1001] == b"1499"


def test_the_last_update_and_the_last_clearing_arrive(socket: OutputSocket) -> None:
    for number in range(1500):
        socket.send_multipart(message("update_display_data", b"%d" % number))
    socket.send_multipart(message("display_data"))
    socket.send_multipart(message("clear_output"))
    socket.send_multipart(message("display_data", b"last"))
    socket.send_multipart(message("status"))
    assert socket.io_thread.kinds[1000:] == ["clear_output", "display_data", "status"]
    assert socket.io_thread.sent[-2][-1] == b"last"


def test_what_is_printed_after_a_clearing_that_waits_is_not_cleared(socket: OutputSocket) -> None:
    stream: Any = socket.streams[0]
    for number in range(1500):
        socket.send_multipart(message("clear_output"))
        stream.text += f"{number} "
    socket.send_multipart(message("status"))
    assert socket.io_thread.kinds[-3:] == ["clear_output", "stream", "status"]
    assert json.loads(socket.io_thread.sent[-2][-1])[0] == "1499 "


def test_an_output_that_is_too_large_is_not_sent(socket: OutputSocket) -> None:
    socket.send_multipart(message("display_data", b"x" * (displays.LARGEST + 1)))
    socket.send_multipart(message("display_data", b"small"))
    assert socket.io_thread.kinds == ["stream", "display_data"]
    assert json.loads(socket.io_thread.sent[0][-1])[1]["left_out"]["outputs"] == 1


def test_the_next_cell_has_an_allowance_of_its_own(socket: OutputSocket) -> None:
    for _ in range(1500):
        socket.send_multipart(message("display_data"))
    socket.send_multipart(message("execute_input"))
    before = len(socket.io_thread.sent)
    socket.send_multipart(message("display_data", b"shown"))
    assert socket.io_thread.sent[before][-1] == b"shown"


def test_widgets_that_change_without_end_are_left_out_but_not_what_they_capture(
    socket: OutputSocket,
) -> None:
    for _ in range(1500):
        socket.send_multipart(message("comm_msg"))
    assert len(socket.io_thread.sent) == 1000
    socket.send_multipart(message("comm_msg", b'{"data": {"state": {"msg_id": ""}}}'))
    assert len(socket.io_thread.sent) == 1001


@pytest.mark.parametrize("parts", [[], [b"x"], [displays.DELIMITER], [displays.DELIMITER] * 6])
def test_what_is_no_message_is_passed_on(socket: OutputSocket, parts: list[bytes]) -> None:
    socket.send_multipart(parts)
    assert socket.io_thread.sent == [parts]
