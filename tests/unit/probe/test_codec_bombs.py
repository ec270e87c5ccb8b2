"""An answer that would grow without bound in the grader is refused."""

import json

import numpy as np
import pytest
from safetensors.numpy import save

from autograder.probe import codec


def test_an_answer_cannot_multiply_in_the_grader() -> None:
    """One array that an answer names again and again would be copied each time."""
    blob = save({"0": np.zeros(1000)})
    assert len(codec.decode(json.dumps({"list": [{"ndarray": "0"}]}), blob)) == 1
    with pytest.raises(codec.DecodeError):
        codec.decode(json.dumps({"list": [{"ndarray": "0"}] * 20_000}), blob)


@pytest.mark.parametrize("kind", ["set", "dict"])
def test_an_answer_cannot_collide_in_the_grader(kind: str) -> None:
    """Whole numbers of one and the same hash: inserting n of them takes n² steps."""
    numbers = [i * (2**61 - 1) for i in range(15_000)]
    assert len({hash(number) for number in numbers}) == 1
    body = numbers if kind == "set" else [{"tuple": [number, 0]} for number in numbers]
    with pytest.raises(codec.DecodeError):
        codec.decode(json.dumps({kind: body}), save({}))
