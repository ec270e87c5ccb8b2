"""How a Python of the student's is started: what it finds in its environment, and its walls."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap import Sandbox
from autograder.sandbox.device import CPU

HOME = "/tmp/home"


def python_environment(device: str) -> dict[str, str]:
    """All that a student's Python finds in its environment; no GPU where `device` is cpu."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "USER": "student",
        "IPYTHONDIR": "/tmp/ipython",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",  # many kernels side by side; a second thread slows small models
        "MKL_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "WANDB_MODE": "offline",
        "WANDB_SILENT": "true",
    }
    return environment | ({"CUDA_VISIBLE_DEVICES": ""} if device == CPU else {})


def wrapped(sandbox: Sandbox, environment: Mapping[str, str]) -> tuple[list[str], list[int]]:
    """(the command that another is put behind to run in the sandbox, file descriptors to pass it).

    The caller closes the descriptors once the process has started.
    """
    arguments = sandbox.arguments(environment)
    descriptors: list[int] = []
    if filtered := seccomp.program():
        descriptors.append(_memory_file(filtered))
        arguments += ["--seccomp", str(descriptors[0])]
    descriptors.append(_memory_file("\0".join([*arguments, ""]).encode()))
    return ["bwrap", "--args", str(descriptors[-1])], descriptors


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("options", 0)
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
