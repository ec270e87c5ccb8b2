"""The names in the messages between the grader and the probe: one request, one reply."""

from enum import StrEnum

REQUEST = "probe_request"  # message types in addition to those of the Jupyter protocol
REPLY = "probe_reply"
# In the metadata of a message with output: what was left out before it, in numbers.
LEFT_OUT = "left_out"
STARTED = b"+"  # what a session forked from a template reports first
RERUN_FOLDER = ".rerun"  # the folder in which the cells of Operation.RERUN write


class Operation(StrEnum):
    """An operation that the grader requests from the probe in the live kernel."""

    FIND = "find"
    CALL = "call"
    ATTRIBUTE = "attribute"
    PUT = "put"
    VALUE = "value"
    DEFINE = "define"
    RERUN = "rerun"
    RESUME = "resume"
    RELEASE = "release"
    TIDY = "tidy"
    CLEAN_NAMES = "clean_names"


class ReplyStatus(StrEnum):
    """The status of the probe's reply: it holds a value, or the reason why there is none."""

    OK = "ok"
    MISSING = "missing"
    UNSERIALIZABLE = "unserializable"
    INTERRUPTED = "interrupted"
    RAISED = "raised"
