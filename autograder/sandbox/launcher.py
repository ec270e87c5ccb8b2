"""Prepares Python processes for student code: environment, limits, sandbox and device."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.budget import UNLIMITED, Budget
from autograder.course import Limits
from autograder.errors import AutograderError, UsageError
from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap import PACKAGE, PROBE, Sandbox
from autograder.sandbox.monitor import Share

HOME = "/tmp/home"


class Device(StrEnum):
    """The device that a submission computes on."""

    CPU = "cpu"
    CUDA = "cuda"


AUTO = "auto"  # a GPU if PyTorch finds one, else the CPU


@dataclass(frozen=True)
class Launch:
    """A command to start, its environment, and the file descriptors that it inherits."""

    command: list[str]
    environment: dict[str, str]
    descriptors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Launcher:
    """Starts student code within `limits`. A sandbox hides `hidden`, the course's folder.

    With `warm`, sessions start from this process's template where they can; see `template`. What it
    starts ends with the submission's `budget`.
    """

    limits: Limits
    hidden: Path
    sandboxed: bool = True
    device: Device = Device.CPU
    warm: bool = True
    budget: Budget = UNLIMITED

    @contextmanager
    def launch(
        self,
        arguments: Sequence[str],
        work: Path,
        private: Path,
        run: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[Launch]:
        """The launch of `python ARGUMENTS`. Its file descriptors are open until the block ends.

        The process can write to the folder `work`. `private` is a folder outside the sandbox, and
        the process's home if there is no sandbox. `run` is the folder that the process shares with
        the grader, if any.
        """
        inside = python_environment(self.device) | dict(environment or {})
        command = [*self.limited(), sys.executable, *arguments]
        if run is not None:  # only a kernel needs the probe
            inside["PYTHONPATH"] = str(PROBE if self.sandboxed else PACKAGE.parent)
        if not self.sandboxed:
            yield Launch(command, {**inside, "HOME": str(private)})
            return
        sandbox = Sandbox(
            work, self.hidden, self.limits.disk_bytes, run, gpu=self.device is not Device.CPU
        )
        options = sandbox.arguments({**inside, "HOME": HOME})
        descriptors: list[int] = []
        try:
            if filtered := seccomp.program():
                descriptors.append(memory_file(filtered))
                options += ["--seccomp", str(descriptors[0])]
            descriptors.append(memory_file("\0".join([*options, ""]).encode()))
            # Student code can read bubblewrap's environment (/proc/1/environ): no secrets in it.
            yield Launch(
                ["bwrap", "--args", str(descriptors[-1]), *command],
                {"PATH": inside["PATH"]},
                tuple(descriptors),
            )
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    @property
    def share(self) -> Share:
        """What one kernel or script may use, with all that it starts."""
        limits = self.limits
        return Share(limits.memory_bytes, limits.processes, limits.disk_bytes, self.budget.ends)

    def resource_limits(self) -> dict[str, int]:
        """The limits of each process, by prlimit's names. Allocations beyond raise MemoryError."""
        limits = {"fsize": self.limits.disk_bytes, "core": 0}
        if self.device is Device.CPU:  # a GPU's driver reserves far more memory than it uses
            limits["data"] = self.limits.memory_bytes
        return limits

    def limited(self) -> list[str]:
        """The start of a command line (prlimit, of util-linux) that limits what follows."""
        return ["prlimit", *(f"--{k}={v}" for k, v in self.resource_limits().items()), "--"]


def resolve_device(requested: str) -> Device:
    """The device for `cpu`, `cuda` or `auto`.

    Raises UsageError for any other name, and AutograderError if cuda is requested and PyTorch finds
    no GPU.
    """
    if requested not in (*Device, AUTO):
        raise UsageError(f"no device '{requested}': choose cpu, cuda or auto")
    if requested == Device.CPU:
        return Device.CPU
    import torch  # takes seconds to import, and only a GPU needs it

    if torch.cuda.is_available():
        return Device.CUDA
    if requested == Device.CUDA:
        raise AutograderError(
            f"PyTorch {torch.__version__} finds no GPU here: grade with --device cpu, or install a "
            "CUDA build of PyTorch and NVIDIA's driver"
        )
    return Device.CPU


def python_environment(device: Device) -> dict[str, str]:
    """The environment variables of student code. They hide GPUs if `device` is the CPU."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "USER": "student",
        "IPYTHONDIR": "/tmp/ipython",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "OMP_NUM_THREADS": "1",  # many kernels run in parallel; a second thread slows small models
        "MKL_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "WANDB_MODE": "offline",
        "WANDB_SILENT": "true",
        # There is no network: installers must not wait for it. See `probe.installs`.
        "PIP_NO_INDEX": "1",
        "PIP_RETRIES": "0",
        "PIP_DEFAULT_TIMEOUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "UV_OFFLINE": "1",
        "CONDA_OFFLINE": "true",
    }
    return environment | ({"CUDA_VISIBLE_DEVICES": ""} if device is Device.CPU else {})


def memory_file(content: bytes) -> int:
    """A file descriptor of an unnamed file with this content, for a process to inherit."""
    descriptor = os.memfd_create("options", 0)
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
