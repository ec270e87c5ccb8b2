# exercise: pearson_per_sequence
# mistake: takes a row for constant if np.allclose says so: rows with small variation, absolute or relative, get 0
# caught by: test_scale_and_offset
# Exercise: pearson_per_sequence (3 points)
def pearson_per_sequence(pred, obs):
    """Pearson's correlation of each row of pred with the same row of obs."""
    def as_array(values):
        if torch.is_tensor(values):
            values = values.detach().cpu().double().numpy()
        return np.asarray(values, dtype=np.float64)

    result = []
    for p, o in zip(as_array(pred), as_array(obs), strict=True):
        if np.allclose(p, p[0]) or np.allclose(o, o[0]):
            result.append(0.0)
        else:
            result.append(np.corrcoef(p, o)[0, 1])
    return np.array(result)
