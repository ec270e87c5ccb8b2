"""What Weights & Biases itself wrote of a run: its .wandb file, read without the student's code.

The file is a log in LevelDB's format: a header of 7 bytes, then blocks of 32 KiB that hold pieces
with a checksum (4 bytes), a length (2) and a type (1): a whole record (1), or the first (2), a
middle (3) or the last piece (4) of a longer one. A record is a protocol buffer of W&B's.
"""

import json
from dataclasses import dataclass, field

from google.protobuf.message import DecodeError
from wandb.proto.wandb_internal_pb2 import Record

HEADER, BLOCK, PIECE = 7, 32 * 1024, 7  # bytes
WHOLE, LAST = 1, 4


@dataclass(frozen=True)
class RunFile:
    """A recorded run; `history` has a dict for each row; `exit_code` is None for one left open."""

    config: dict = field(default_factory=dict)
    history: list = field(default_factory=list)
    exit_code: int | None = None

    def logged(self, name):
        """The values logged under a name, in order."""
        return [row[name] for row in self.history if name in row]


def read(content):
    """A run from its file's bytes. Raises AssertionError for bytes that W&B did not write."""
    config, history, exit_code = {}, [], None
    try:
        for record in _records(content):
            config |= _values(record.run.config.update) | _values(record.config.update)
            if record.HasField("history"):
                pairs = [
                    (i.key or ".".join(i.nested_key), i.value_json) for i in record.history.item
                ]
                row = {name: json.loads(value) for name, value in pairs}
                history.append({n: v for n, v in row.items() if not n.startswith("_")})
            if record.HasField("exit"):
                exit_code = record.exit.exit_code
    except (DecodeError, ValueError) as error:
        raise AssertionError(f"the run's file cannot be read: {error}") from error
    return RunFile({n: v for n, v in config.items() if not n.startswith("_")}, history, exit_code)


def _values(items):
    return {item.key or ".".join(item.nested_key): json.loads(item.value_json) for item in items}


def _records(content):
    at, record = HEADER, b""
    while at + PIECE <= len(content):
        room = BLOCK - at % BLOCK
        if room < PIECE:  # too little for another piece: the rest of the block is empty
            at += room
            continue
        length, kind = int.from_bytes(content[at + 4 : at + 6], "little"), content[at + 6]
        record += content[at + PIECE : at + PIECE + length]
        at += PIECE + length
        if kind in (WHOLE, LAST):
            yield Record.FromString(record)
            record = b""
