"""The device is what the machine has."""

import pytest
from autograder.sandbox.device import choose

from autograder.errors import AutograderError, UsageError


def test_the_device_is_what_the_machine_has(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert [choose(asked) for asked in ("cpu", "cuda", "auto")] == ["cpu", "cuda", "cuda"]
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert [choose(asked) for asked in ("cpu", "auto")] == ["cpu", "cpu"]
    with pytest.raises(AutograderError, match="finds no GPU here: grade with --device cpu"):
        choose("cuda")
    with pytest.raises(UsageError):
        choose("tpu")
