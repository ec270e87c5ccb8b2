"""The words that the grader and the probe exchange: one request, one reply, by name."""

from enum import StrEnum

REQUEST = "probe_request"  # the message types, beside those of the Jupyter protocol
REPLY = "probe_reply"
RERUN_FOLDER = ".rerun"  # the folder in which Operation.RERUN lets cells write


class Operation(StrEnum):
    """What the grader asks the probe to do in the live kernel."""

    FIND = "find"
    CALL = "call"
    ATTRIBUTE = "attribute"
    PUT = "put"
    VALUE = "value"
    DEFINE = "define"
    RERUN = "rerun"
    RESUME = "resume"
    RELEASE = "release"


class ReplyStatus(StrEnum):
    """What the probe's reply holds: a value, or why there is none."""

    OK = "ok"
    MISSING = "missing"
    UNSERIALIZABLE = "unserializable"
    INTERRUPTED = "interrupted"
    RAISED = "raised"
