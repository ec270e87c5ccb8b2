"""The device is what the machine has."""

import pytest

from autograder.errors import AutograderError, UsageError
from autograder.sandbox.launcher import resolve_device


def test_the_device_is_what_the_machine_has(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert [resolve_device(asked) for asked in ("cpu", "cuda", "auto")] == ["cpu", "cuda", "cuda"]
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert [resolve_device(asked) for asked in ("cpu", "auto")] == ["cpu", "cpu"]
    with pytest.raises(AutograderError, match="finds no GPU here: grade with --device cpu"):
        resolve_device("cuda")
    with pytest.raises(UsageError):
        resolve_device("tpu")
