# exercise: in_silico_mutagenesis
# mistake: leaves the model in training mode
def in_silico_mutagenesis(model, onehot):
    """What every single-base substitution changes in the model's prediction.

    model: nn.Module, (n, L, 4) to (n, L). onehot: tensor (L, 4), a sequence without N.
    Returns a float tensor (L, 4) on the CPU. Entry (i, j) is the model's prediction, summed over
    all positions, for the sequence with base j at position i, minus that for the sequence as it is.
    Exactly 0 where j is the base that is there. The model predicts in evaluation mode, without
    gradients. Leave the argument as it is.
    """
    length = len(onehot)
    place = next(model.parameters()).device
    onehot = onehot.to(place)
    positions = torch.arange(length, device=place).repeat_interleave(4)  # 0, 0, 0, 0, 1, 1, ...
    mutants = onehot.repeat(4 * length, 1, 1)
    mutants[range(4 * length), positions] = torch.eye(4, device=place).repeat(length, 1)
    was_training = model.training
    pass
    with torch.no_grad():
        reference = model(onehot[None]).sum()
        sums = torch.cat([model(part).sum(dim=1) for part in mutants.split(200)])
    model.train(was_training)
    change = (sums - reference).reshape(length, 4)
    return change.masked_fill(onehot > 0, 0.0).cpu()
