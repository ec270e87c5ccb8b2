"""class TFBindingCNN(): (n, 300, 4) -> (n, 300), a score for every position, any architecture."""

import numpy as np
import torch
from week3a_tf_binding.cnn_look import LOOK
from week3a_tf_binding.helpers import one_hot, random_sequences

from autograder.testing import expect, points, remote


def windows(n, seed):
    return one_hot(random_sequences(n, 300, seed))


def predict(student, model, x, training=False):
    held = remote.put(student, x, student.device)
    return remote.define(student, LOOK, "predict")(model, held, training)


def new_model(student):
    return student.TFBindingCNN().to(student.device)


@points(0.5, form=True)
def test_shape(student):
    """The model takes float32 windows (n, 300, 4) and returns one score per position, (n, 300),
    also for a single window. Conv1d wants (n, 4, 300), so transpose inside the model.
    padding="same" keeps the length. At the end remove the channel axis only: squeeze(1), since
    squeeze() also removes a batch of one."""
    model = new_model(student)
    for n, training in ((5, True), (5, False), (1, False)):
        output = expect.array(predict(student, model, windows(n, n), training), shape=(n, 300))
        assert output.dtype == np.float32
        assert np.isfinite(output).all()


@points(1)
def test_gradients_reach_every_parameter(student):
    """Some parameter gets no gradient, or a weight's gradient is zero. Perhaps a layer is
    created in __init__ and never used in forward, or something cuts the graph: detach, .data,
    numpy, no_grad."""
    cotangent = torch.randn(6, 300, generator=torch.Generator().manual_seed(253))
    held = (remote.put(student, value, student.device) for value in (windows(6, 252), cotangent))
    found = remote.define(student, LOOK, "largest_gradients")(student.TFBindingCNN, *held)
    assert found, "no parameters"
    for name, axes, largest in found:
        assert largest is not None, f"{name} has no gradient"
        # A bias before a normalization moves nothing, so its gradient is zero in a right model too.
        assert largest > 0 or axes < 2, f"the gradient of {name} is zero"


@points(1, form=True)
def test_each_window_on_its_own(student):
    """In evaluation mode a window's scores depend on that window only, and are the same the
    second time. Perhaps dropout is called without training=self.training, statistics are
    taken over the batch, or layers are created in forward. The input and the model's buffers
    stay unchanged."""
    model, x = new_model(student), windows(7, 254)
    predict(student, model, windows(6, 255), training=True)  # statistics, where it keeps any
    held = remote.put(student, x, student.device)
    watched = remote.define(student, LOOK, "watched")
    output, changed = watched(model, held)
    together = expect.array(output, shape=(7, 300))
    assert not changed, f"evaluation changed {changed}"
    atol = 1e-4 * float(np.abs(together).max())  # float32 sums of a deep model, in another order
    expect.close(watched(model, held)[0], together, rtol=0, atol=atol)
    for i in (0, 4):
        alone = expect.array(predict(student, model, x[i : i + 1]), shape=(1, 300))
        expect.close(alone[0], together[i], rtol=0, atol=atol)
    mixed = expect.array(predict(student, model, x[[5, 2, 1]]), shape=(3, 300))
    expect.close(mixed, together[[5, 2, 1]], rtol=0, atol=atol)
    expect.equal(remote.value(held), x)


@points(1)
def test_reads_the_sequence(student):
    """Changing bases near a position must change its score, and each position gets a score of
    its own. If nothing changes: bring (n, 300, 4) to (n, 4, 300) with a transpose, because
    reshape and view mix bases with positions. If bases only add up: put a nonlinearity (ReLU)
    between the layers; without it they are together one linear layer."""
    models = [new_model(student) for _ in range(3)]
    for model, scale in zip(models, (0.0, 0.1, 0.3), strict=True):
        predict(student, model, windows(1, 259))
        remote.define(student, LOOK, "disturbed")(model, scale)
    assert any(sees_every_base(student, model) for model in models), "blind to what stands there"
    assert any(is_nonlinear(student, model) for model in models), "linear"
    assert any(tells_positions_apart(student, model) for model in models), "one score for all"


def sees_every_base(student, model):
    for position in (50, 150, 250):  # where a reshape would look furthest away
        seen = np.zeros((4, 4), dtype=bool)
        for seed in range(3):
            x = windows(1, 260 + seed).repeat(4, 1, 1)
            for base in range(4):  # every other place of the block is that base
                x[base, position - 6 : position + 7 : 2] = torch.eye(4)[base]
            y = expect.array(predict(student, model, x), shape=(4, 300)).astype(np.float64)
            change = np.abs(y[:, None] - y[None, :])[:, :, position - 6 : position + 7].max(axis=2)
            seen |= change > 1e-6 * np.abs(y).max()
        if not (seen | np.eye(4, dtype=bool)).all():
            return False
    return True


def tells_positions_apart(student, model):
    y = expect.array(predict(student, model, windows(3, 275)), shape=(3, 300)).astype(np.float64)
    return (np.ptp(y, axis=1) > 1e-5 * np.abs(y).max()).all()


def is_nonlinear(student, model):
    """Two windows that trade half of their bases: a sum over bases would stay what it was."""
    first, second = windows(8, 270), windows(8, 271)
    trade = torch.rand(8, 300, 1, generator=torch.Generator().manual_seed(272)) < 0.5
    x = torch.cat((first, second, first.where(trade, second), second.where(trade, first)))
    y = expect.array(predict(student, model, x), shape=(32, 300)).astype(np.float64)
    a, b, c, d = y.reshape(4, 8, 300)
    variation = np.abs(y - y.mean(axis=0)).max()
    return np.abs(a + b - c - d).max() > max(1e-3 * variation, 1e-5 * np.abs(y).max())


@points(0.5, form=True)
def test_state_dict_holds_the_model(student):
    """A new TFBindingCNN() that loads the state dict must give the same scores, and .to(device)
    must move all of the model. Perhaps layers are kept in a plain Python list (use
    nn.ModuleList or nn.Sequential), or tensors are neither parameters nor buffers, or are made
    in forward without device=x.device."""
    x = remote.put(student, windows(3, 281), student.device)
    first, second = remote.define(student, LOOK, "reloaded")(student.TFBindingCNN, x)
    scale = float(np.abs(expect.array(first, shape=(3, 300))).max())
    expect.close(second, first, rtol=0, atol=1e-5 * scale)
    elsewhere = remote.define(student, LOOK, "elsewhere")(student.TFBindingCNN, x)
    assert elsewhere is None or elsewhere == (3, 300), elsewhere
