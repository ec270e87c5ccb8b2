"""One request to the probe in a kernel, and the wait for its reply."""

from collections.abc import Callable
from typing import Any

import zmq

from autograder.grading.failures import KernelDied, TimedOut, Unserializable
from autograder.probe import codec
from autograder.probe.protocol import REQUEST, Operation
from autograder.results import wording
from autograder.sandbox.kernel import Kernel

__tracebackhide__ = True  # a failed test's report shows the TA the test, not this module


def ask(
    kernel: Kernel,
    operation: Operation,
    arguments: tuple[Any, ...],
    allowed: float,
    handle_id: Callable[[Any], int],
) -> tuple[dict[str, Any], bytes]:
    """The probe's reply, as (content, data), within `allowed` seconds.

    `handle_id` gives the number of a handle among the arguments. Raises TimedOut, KernelDied, or
    Unserializable for a reply that cannot be read.
    """
    text, blob = codec.encode(arguments, handle_id)
    message = kernel.client.session.msg(REQUEST, {"operation": operation, "text": text})
    socket = kernel.client.shell_channel.socket
    try:
        sent = kernel.client.session.send(socket, message, buffers=[blob])
    except zmq.Again:
        kernel.kill("it takes no messages")
        raise KernelDied(wording.ended_python(kernel.ended_because)) from None
    try:
        reply, interrupted = kernel.reply_to(sent["header"]["msg_id"], allowed)
    except Exception as error:  # a forged message: a wrong signature, broken JSON
        raise unreadable(error) from error
    if interrupted:
        raise TimedOut(wording.took_longer(allowed, stopped=reply is not None))
    if reply is None:
        raise KernelDied(wording.ended_python(kernel.ended_because))
    try:
        return reply["content"], bytes((reply["buffers"] or [b""])[0])
    except Exception as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> Unserializable:
    """The exception for a reply that the probe did not write."""
    return Unserializable(wording.UNREADABLE, repr(error))
