"""What becomes of a kernel's messages, well formed or not, in the outputs of a cell."""

import json

import pytest
from nbformat.validator import NotebookValidationError

from autograder.notebook.outputs import KEPT_CHARACTERS, KEPT_OUTPUTS, CellOutputs

ROOM = 1_000_000


@pytest.fixture
def outputs():
    return CellOutputs(ROOM)


def printed(outputs, text, stream="stdout", left_out=None):
    metadata = {"left_out": left_out} if left_out else {}
    outputs.receive("stream", {"name": stream, "text": text}, metadata)


def display(outputs, plain, kind="display_data", display_id=None, **data):
    content = {"data": {"text/plain": plain, **data}, "metadata": {}, "execution_count": 1}
    outputs.receive(kind, content | {"transient": {"display_id": display_id}}, {})


def texts(outputs):
    """Each output as its text: what was printed, or its plain text."""
    made = outputs.finished()
    return [one.text if one.output_type == "stream" else one.data["text/plain"] for one in made]


def test_outputs_keep_their_order_and_streams_stay_apart(outputs):
    printed(outputs, "a\n")
    printed(outputs, "b\n")
    printed(outputs, "c\n", "stderr")
    display(outputs, "d")
    printed(outputs, "e\n")
    display(outputs, "f", "execute_result")
    kinds = [(one.output_type, one.get("name")) for one in outputs.finished()]
    assert texts(outputs) == ["a\nb\n", "c\n", "d", "e\n", "f"]
    assert kinds == [
        ("stream", "stdout"),
        ("stream", "stderr"),
        ("display_data", None),
        ("stream", "stdout"),
        ("execute_result", None),
    ]


def test_an_output_without_room_becomes_a_line_and_a_smaller_one_is_kept(outputs):
    printed(outputs, "before")
    display(outputs, "<large>", **{"text/html": "x" * 5_000_000})
    display(outputs, "<small>")
    assert texts(outputs) == ["before\n[an output of 5 MB was left out]\n", "<small>"]


def test_several_outputs_that_are_left_out_are_one_line(outputs):
    for _ in range(3):
        display(outputs, "<large>", **{"image/png": "x" * 4_000_000})
    assert texts(outputs) == ["[3 outputs of 12 MB in all were left out]\n"]


def test_a_carriage_return_acts_across_messages(outputs):
    for step in range(1000):
        printed(outputs, f"\rstep {step}")
    printed(outputs, "\nend\n")
    assert texts(outputs) == ["step 999\nend\n"]


def test_long_text_keeps_its_beginning_and_its_end(outputs):
    lines = [f"line {number:06d}\n" for number in range(100_000)]
    for start in range(0, len(lines), 100):
        printed(outputs, "".join(lines[start : start + 100]))
        assert outputs.size < 6 * KEPT_CHARACTERS
    (text,) = texts(outputs)
    assert len(text) < 2 * KEPT_CHARACTERS + 100
    assert text.startswith(lines[0]) and text.endswith(lines[-1])
    (gap,) = [line for line in text.splitlines() if not line.startswith("line ")]
    kept = len(text) - len(gap) - 1
    assert gap == f"[{len(''.join(lines)) - kept:,} characters of text were left out]"


def test_what_the_kernel_left_out_is_counted_too(outputs):
    printed(outputs, "beginning\n")
    printed(outputs, "end\n", left_out={"characters": 1234})
    printed(outputs, "", left_out={"outputs": 2, "bytes": 3_000_000})
    assert texts(outputs) == [
        "beginning\n[1,234 characters of text were left out]\nend\n"
        "[2 outputs of 3 MB in all were left out]\n"
    ]


def test_many_small_outputs_keep_the_first_and_the_last(outputs):
    for number in range(20 * KEPT_OUTPUTS):
        printed(outputs, f"{number}\n", ("stdout", "stderr")[number % 2])
        display(outputs, f"{number}")
    found = texts(outputs)
    assert len(found) <= KEPT_OUTPUTS + 1
    assert found[0] == "0\n" and found[-1] == f"{20 * KEPT_OUTPUTS - 1}"
    assert sum("left out" in text for text in found) == 1


def test_a_long_value_and_a_long_error_are_shortened(outputs):
    display(outputs, "x" * 3_000_000, "execute_result")
    error = {"ename": "E", "evalue": "y" * 10**6, "traceback": ["line", "z" * 10**6]}
    outputs.receive("error", error, {})
    value, raised = outputs.finished()
    assert len(value.data["text/plain"]) < 2 * KEPT_CHARACTERS + 100
    assert "[2,980,000 characters of text were left out]" in value.data["text/plain"]
    assert len(json.dumps(raised)) < 30_000
    assert raised.traceback[0] == "line"


def test_without_room_there_is_little_text():
    outputs = CellOutputs(0)
    printed(outputs, "x" * 10**6)
    display(outputs, "y")
    assert texts(outputs)[0].endswith("x\n[an output of 1 kB was left out]\n")
    assert len("".join(texts(outputs))) < 1200


def test_an_error_is_shown_even_without_room():
    outputs = CellOutputs(0)
    outputs.receive("error", {"ename": "E", "evalue": "why", "traceback": ["line"]}, {})
    assert [one.evalue for one in outputs.finished()] == ["why"]


def test_an_update_changes_every_display_of_its_id_also_in_earlier_cells(outputs):
    display(outputs, "one", display_id="a")
    display(outputs, "two", display_id="b")
    outputs.finished()
    later = CellOutputs(ROOM, outputs.displays())
    display(later, "three", "update_display_data", display_id="a")
    display(later, "four", display_id="b")
    assert (texts(outputs), texts(later)) == (["three", "four"], ["four"])


def test_updates_use_no_more_room_than_the_last_one(outputs):
    display(outputs, "", display_id="a")
    for number in range(100):
        display(outputs, f"{number}", "update_display_data", display_id="a", x="x" * 90_000)
    assert texts(outputs) == ["99"]
    display(outputs, "100", "update_display_data", display_id="a", x="x" * 2 * ROOM)
    assert texts(outputs) == ["99"]


@pytest.mark.parametrize("wait", [True, False])
def test_cleared_outputs_are_gone_and_give_their_room_back(outputs, wait):
    for number in range(10):
        outputs.receive("clear_output", {"wait": wait}, {})
        display(outputs, f"{number}", x="x" * 900_000)
    assert texts(outputs) == ["9"]


def test_waiting_to_clear_clears_nothing_if_nothing_follows(outputs):
    printed(outputs, "kept")
    outputs.receive("clear_output", {"wait": True}, {})
    assert texts(outputs) == ["kept"]


def test_an_output_widget_that_is_cleared_does_not_clear_the_cell(outputs):
    def capture(message_id):
        outputs.receive("comm_msg", {"comm_id": "w", "data": {"state": {"msg_id": message_id}}}, {})

    printed(outputs, "before\n")
    capture("cell")
    printed(outputs, "in the widget\n")
    outputs.receive("clear_output", {"wait": False}, {})
    capture("")
    assert texts(outputs) == ["before\nin the widget\n"]
    outputs.receive("clear_output", {"wait": False}, {})
    assert texts(outputs) == []


MALFORMED = [
    ("stream", {}, {}),
    ("stream", {"name": "stdout", "text": {"a": 1}}, {}),
    ("stream", {"name": "stdout", "text": "x"}, {"left_out": 5}),
    ("stream", {"name": "stdout", "text": "x"}, {"left_out": {"characters": "many"}}),
    ("stream", {"name": [], "text": "x"}, []),
    ("display_data", {"data": "abc", "metadata": 5}, {}),
    ("display_data", {"data": {}, "metadata": 5}, {}),
    ("display_data", {"data": {}, "metadata": {}, "transient": "abc"}, {}),
    ("display_data", {"data": {}, "metadata": {}, "transient": {"display_id": 5}}, {}),
    ("execute_result", {"data": {}, "metadata": {}}, {}),
    ("error", {"ename": "E"}, {}),
    ("error", {"ename": "E", "evalue": "", "traceback": 5}, {}),
    ("clear_output", None, {}),
    ("comm_msg", {"data": {"state": 5}}, {}),
    ("comm_msg", {"data": {"state": {"msg_id": "a"}}, "comm_id": []}, {}),
]


@pytest.mark.parametrize(("kind", "content", "metadata"), MALFORMED)
def test_a_malformed_message_leaves_the_outputs_as_they_are(outputs, kind, content, metadata):
    printed(outputs, "before\n")
    with pytest.raises((TypeError, KeyError, AttributeError, NotebookValidationError)):
        outputs.receive(kind, content, metadata)
    printed(outputs, "after\n")
    assert texts(outputs) == ["before\nafter\n"]


def test_numbers_that_the_kernel_tells_are_not_believed_beyond_reason(outputs):
    printed(outputs, "x", left_out={"characters": -5, "outputs": 10**400, "bytes": 10**400})
    assert len("".join(texts(outputs))) < 200
