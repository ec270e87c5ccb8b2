"""Live kernels for the package's tests, in the sandbox where this machine can make one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.course import Limits
from autograder.errors import AutograderError
from autograder.kernel import Kernel, start_kernel
from autograder.sandbox import require_sandbox


@pytest.fixture(scope="session")
def no_sandbox() -> str:
    """Why this machine can make no sandbox, or ''."""
    try:
        require_sandbox()
    except AutograderError as error:
        return str(error)
    return ""


@pytest.fixture
def needs_sandbox(no_sandbox: str) -> None:
    if no_sandbox:
        pytest.skip(no_sandbox)


@pytest.fixture(scope="session")
def run_cell() -> Callable[[Kernel, str], Any]:
    """run_cell(kernel, source) runs a cell, which must succeed."""

    def run(kernel: Kernel, source: str) -> None:
        sent = kernel.client.execute(source)
        while True:
            reply = kernel.client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == sent:
                break
        assert reply["content"]["status"] == "ok", reply["content"]

    return run


@pytest.fixture(scope="module")
def open_notebook(
    tmp_path_factory: pytest.TempPathFactory, no_sandbox: str, run_cell: Callable[..., Any]
) -> Iterator[Callable[..., Kernel]]:
    """open_notebook(*cells) is a kernel in which these cells ran; it lives until the module ends."""
    kernels: list[Kernel] = []

    def start(*cells: str) -> Kernel:
        work, hidden = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("hidden")
        kernels.append(start_kernel(work, Limits(), hidden, sandboxed=not no_sandbox))
        for cell in cells:
            run_cell(kernels[-1], cell)
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()
