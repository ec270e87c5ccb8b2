"""Text, figures and gaps: what a cell's outputs consist of, and how they are bounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.probe.terminal import condense, displayed

STREAMS = ("stdout", "stderr")


@dataclass(frozen=True)
class Text:
    """Printed text of one stream."""

    stream: str
    text: str


@dataclass(eq=False)
class Rich:
    """A figure, a value or an error, and about how many bytes it has."""

    output: NotebookNode
    size: int
    display_id: str = ""


@dataclass(frozen=True)
class LeftOut:
    """What is missing at a place: characters of text; outputs, and their bytes."""

    characters: int = 0
    outputs: int = 0
    size: int = 0


Entry = Text | Rich | LeftOut


def bounded(entries: Iterable[Entry], characters: int, outputs: int) -> list[Entry]:
    """The entries, with at most so many characters of text at each end and so many outputs."""
    whole = _joined(entries)
    text = sum(len(entry.text) for entry in whole if isinstance(entry, Text))
    if text <= 2 * characters and len(whole) <= outputs:
        return whole
    beginning, rest = _beginning(whole, characters, outputs // 2)
    end, middle = _end(rest, characters, outputs // 2)
    rich = sum(isinstance(entry, Rich) for entry in middle)
    keeps_rich = len(beginning) + 2 * rich + len(end) <= outputs
    gaps = [entry if keeps_rich and isinstance(entry, Rich) else _gap(entry) for entry in middle]
    return _joined([*beginning, *gaps, *end])


def nodes(entries: Iterable[Entry]) -> list[NotebookNode]:
    """The outputs as a notebook holds them, with a line of text for what was left out."""
    made: list[NotebookNode] = []
    for entry in entries:
        if isinstance(entry, Rich):
            made.append(entry.output)
            continue
        before = made[-1] if made and made[-1].output_type == "stream" else None
        if isinstance(entry, LeftOut):
            stream = before.name if before is not None else STREAMS[0]
            text = "".join(f"[{line}]\n" for line in _said(entry))
            if before is not None and not before.text.endswith("\n"):
                text = "\n" + text
        else:
            stream, text = entry.stream, displayed(entry.text)
        if before is not None and before.name == stream:
            before.text += text
        elif text:
            made.append(new_output("stream", name=stream, text=text))
    return made


def shortened(text: str, characters: int) -> str:
    """A text with at most so many characters at each end, and a line between about the rest."""
    if len(text) <= 2 * characters:
        return text
    beginning, end = _cut(text, characters), _cut_end(text, characters)
    left_out = LeftOut(characters=len(text) - len(beginning) - len(end))
    return f"{beginning.rstrip()}\n[{_said(left_out)[0]}]\n{end}"


def _joined(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with adjacent ones of a kind made one. Text that was overwritten is gone."""
    groups: list[list[Entry]] = []
    for entry in entries:
        if entry in (LeftOut(), Text(STREAMS[0], ""), Text(STREAMS[1], "")):
            continue
        last = groups[-1][-1] if groups else None
        same_stream = (
            isinstance(entry, Text) and isinstance(last, Text) and entry.stream == last.stream
        )
        if same_stream or (isinstance(entry, LeftOut) and isinstance(last, LeftOut)):
            groups[-1].append(entry)
        else:
            groups.append([entry])
    joined: list[Entry] = []
    for group in groups:
        after_gap = bool(joined) and isinstance(joined[-1], LeftOut)
        joined.append(_merged(group, at_start=not after_gap))
    return joined


def _merged(group: Sequence[Entry], at_start: bool) -> Entry:
    first = group[0]
    match first:
        case Text():
            text = "".join(entry.text for entry in group if isinstance(entry, Text))
            return Text(first.stream, condense(text, at_start))
        case LeftOut():
            gaps = [entry for entry in group if isinstance(entry, LeftOut)]
            return LeftOut(
                sum(gap.characters for gap in gaps),
                sum(gap.outputs for gap in gaps),
                sum(gap.size for gap in gaps),
            )
        case _:
            return first


def _beginning(
    entries: Sequence[Entry], characters: int, outputs: int
) -> tuple[list[Entry], list[Entry]]:
    """(the entries up to the first gap, or with so many characters or outputs; the others)."""
    taken: list[Entry] = []
    for index, entry in enumerate(entries):
        if len(taken) == outputs or isinstance(entry, LeftOut):
            return taken, list(entries[index:])
        if isinstance(entry, Text):
            if len(entry.text) > characters:
                kept = _cut(entry.text, characters)
                others = Text(entry.stream, entry.text[len(kept) :])
                return [*taken, Text(entry.stream, kept)], [others, *entries[index + 1 :]]
            characters -= len(entry.text)
        taken.append(entry)
    return taken, []


def _end(
    entries: Sequence[Entry], characters: int, outputs: int
) -> tuple[list[Entry], list[Entry]]:
    """(the entries from the last gap on, or with so many characters or outputs; the others)."""
    taken: list[Entry] = []
    for index in range(len(entries) - 1, -1, -1):
        entry = entries[index]
        if len(taken) == outputs or isinstance(entry, LeftOut):
            return taken, list(entries[: index + 1])
        if isinstance(entry, Text):
            if len(entry.text) > characters:
                kept = _cut_end(entry.text, characters)
                others = Text(entry.stream, entry.text[: len(entry.text) - len(kept)])
                return [Text(entry.stream, kept), *taken], [*entries[:index], others]
            characters -= len(entry.text)
        taken.insert(0, entry)
    return taken, []


def _cut(text: str, characters: int) -> str:
    """The beginning of a text, of whole lines if they are not too long."""
    return text[: text.rfind("\n", characters // 2, characters) + 1 or characters]


def _cut_end(text: str, characters: int) -> str:
    """The end of a text, of whole lines if they are not too long."""
    start = len(text) - characters
    return text[text.find("\n", start, start + characters // 2) + 1 or start :]


def _gap(entry: Entry) -> LeftOut:
    match entry:
        case Text():
            return LeftOut(characters=len(entry.text))
        case Rich():
            return LeftOut(outputs=1, size=entry.size)
        case _:
            return entry


def length(entry: Entry) -> int:
    match entry:
        case Text():
            return len(entry.text)
        case Rich():
            return entry.size
        case _:
            return 0


def _said(gap: LeftOut) -> list[str]:
    """The lines that say what was left out."""
    lines = []
    if gap.characters:
        lines.append(f"{gap.characters:,} characters of text were left out")
    if gap.outputs == 1:
        lines.append(f"an output of {_amount(gap.size)} was left out")
    elif gap.outputs:
        lines.append(f"{gap.outputs:,} outputs of {_amount(gap.size)} in all were left out")
    return lines


def _amount(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"
