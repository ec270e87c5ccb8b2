# exercise: pearson_per_sequence
# mistake: asks whether the standard deviation is exactly zero, which rounding prevents
# caught by: test_constant_rows

def pearson_per_sequence(pred, obs):
    result = []
    for p, o in zip(np.asarray(pred, dtype=float), np.asarray(obs, dtype=float)):
        if p.std() == 0 or o.std() == 0:
            result.append(0.0)
        else:
            result.append(((p - p.mean()) * (o - o.mean())).mean() / (p.std() * o.std()))
    return np.array(result)
