"""train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs): the loss curves."""

import numpy as np
from week2_dna_cnn.training import Case, curves

from autograder.testing import expect, points


@points(1, form=True)
def test_two_lists_and_every_batch(student):
    """Return two lists, the training losses and the validation losses, with one number per epoch.
    Every epoch uses every batch of both loaders, the smaller last one included. Every call starts
    new lists."""
    for epochs in (3, 1):
        case = Case(1, "sgd", 12, 10, 0.01, epochs)
        returned, model = case.run(student)
        curves(returned, epochs)
        seen = [row for _, _, rows, _ in model.log for row in rows]
        for row in case.data[0][:, 0].tolist() + case.data[2][:, 0].tolist():
            assert seen.count(row) >= epochs and seen.count(row) % epochs == 0


@points(1)
def test_weights_after_training(student):
    """The weights after training differ from those of a plain loop. For every batch: clear the old
    gradients (zero_grad), call loss_fn(prediction, target) in that order, call backward, and make
    one step with the optimizer that was passed in. The loss can be any function, also one that is
    not symmetric."""
    for case in (Case(2, "sgd", 13, 6, 0.05, 1), Case(3, "adam", 17, 9, 0.02, 4)):
        _, model = case.run(student)
        found = model.net.state_dict()
        for name, weights in case.reference()[2].items():
            expect.close(found[name], weights, rtol=0, atol=1e-6)


@points(1)
def test_training_losses(student):
    """An epoch's training loss is the mean over its examples. loss_fn gives a batch's mean, so
    weigh it by the size of the batch: the last one is smaller. Take each batch's loss before its
    step, and set the sum back to zero in every epoch."""
    # Weights that move alike in every step, so that how the gradients are made does not matter.
    for case in (Case(4, "drift", 7, 5, 0.1, 1), Case(5, "drift", 12, 5, 0.1, 4)):
        losses, _ = curves(case.run(student)[0], case.epochs)
        expect.close(losses, case.reference()[0], rtol=1e-5)


@points(1)
def test_validation_losses(student):
    """An epoch's validation loss is the mean over all validation examples, after the epoch's last
    step. The last batch is smaller here, too: weigh each batch by its size."""
    for case in (Case(6, "drift", 7, 9, 0.1, 1), Case(7, "drift", 11, 10, 0.1, 4)):
        _, losses = curves(case.run(student)[0], case.epochs)
        expect.close(losses, case.reference()[1], rtol=1e-5)


@points(1, form=True)
def test_validation_changes_nothing(student):
    """Call model.train() at the start of every epoch, and model.eval() before validation; validate
    without gradients (torch.no_grad). Otherwise dropout and batch normalization do the wrong thing,
    or the model learns from the validation data."""
    case = Case(8, "sgd", 12, 10, 0.01, 3)
    _, model = case.run(student, evaluate_first=True)
    train_rows, val_rows = (set(case.data[i][:, 0].tolist()) for i in (0, 2))
    met = {"train": 0, "validation": 0}
    last_weights = None  # of the batch before, where that was one of validation, too
    for training, with_gradients, rows, weights in model.log:
        if set(rows) <= val_rows:
            met["validation"] += 1
            assert not training, "validation in train mode"
            assert not with_gradients, "validation with gradients"
            assert last_weights in (None, weights), "the weights changed in validation"
            last_weights = weights
        else:
            last_weights = None
            if with_gradients:
                met["train"] += 1
                assert set(rows) <= train_rows and training, "training in eval mode"
    assert min(met.values()) > 0, met


@points(1, form=True)
def test_moves_every_batch_to_the_device(student):
    """Loaders give their batches on the CPU, wherever the model is. Move the inputs and the targets
    to `device` before you use them, in training and in validation."""
    case = Case(9, "far", 12, 10, 0.01, 2)
    for losses in curves(case.run(student)[0], 2):
        assert np.isfinite(losses).all()
