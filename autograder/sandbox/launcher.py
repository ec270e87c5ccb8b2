"""How a Python process for student code is started: its environment, limits, sandbox and device."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.course import Limits
from autograder.errors import AutograderError, UsageError
from autograder.sandbox import seccomp
from autograder.sandbox.bubblewrap import PACKAGE, PROBE, Sandbox

HOME = "/tmp/home"


class Device(StrEnum):
    """What a submission may compute on."""

    CPU = "cpu"
    CUDA = "cuda"


AUTO = "auto"  # a GPU where PyTorch finds one


@dataclass(frozen=True)
class Launch:
    """What to start: a command, its environment, and the file descriptors that it inherits."""

    command: list[str]
    environment: dict[str, str]
    descriptors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Launcher:
    """Starts student code within `limits`, where it cannot see `hidden` (the course's folder)."""

    limits: Limits
    hidden: Path
    sandboxed: bool = True
    device: Device = Device.CPU

    @contextmanager
    def launch(
        self,
        arguments: Sequence[str],
        work: Path,
        private: Path,
        run: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[Launch]:
        """What starts `python ARGUMENTS`; its file descriptors are open until the block ends.

        `work` is the folder it may write to, `private` a folder outside the sandbox that holds its
        home where there is no sandbox, and `run` the folder that it shares with the grader, if any.
        """
        inside = python_environment(self.device) | dict(environment or {})
        command = [*self._limits(), "--", sys.executable, *arguments]
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
                descriptors.append(_memory_file(filtered))
                options += ["--seccomp", str(descriptors[0])]
            descriptors.append(_memory_file("\0".join([*options, ""]).encode()))
            # bubblewrap's own environment is visible inside as /proc/1/environ: no secrets in it.
            yield Launch(
                ["bwrap", "--args", str(descriptors[-1]), *command],
                {"PATH": inside["PATH"]},
                tuple(descriptors),
            )
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _limits(self) -> list[str]:
        """util-linux's prlimit: an allocation beyond the limit is the student's MemoryError."""
        limits = ["prlimit", f"--fsize={self.limits.disk_bytes}", "--core=0"]
        if self.device is Device.CPU:  # a GPU's driver reserves far more memory than it uses
            limits.append(f"--data={self.limits.memory_bytes}")
        return limits


def resolve_device(requested: str) -> Device:
    """The device for `cpu`, `cuda` or `auto`.

    Raises AutograderError where cuda is requested and PyTorch finds no GPU.
    """
    if requested not in (*Device, AUTO):
        raise UsageError(f"no device '{requested}': choose cpu, cuda or auto")
    if requested == Device.CPU:
        return Device.CPU
    import torch  # seconds to import, and needed for a GPU alone

    if torch.cuda.is_available():
        return Device.CUDA
    if requested == Device.CUDA:
        raise AutograderError(
            f"PyTorch {torch.__version__} finds no GPU here: grade with --device cpu, or install a "
            "CUDA build of PyTorch and NVIDIA's driver"
        )
    return Device.CPU


def python_environment(device: Device) -> dict[str, str]:
    """The environment variables of student code; no GPU where `device` is the CPU."""
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
    return environment | ({"CUDA_VISIBLE_DEVICES": ""} if device is Device.CPU else {})


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("options", 0)
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
