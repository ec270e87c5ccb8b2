# exercise: pearson_per_sequence
# style: numpy's corrcoef for each row that is not constant

def pearson_per_sequence(pred, obs):
    correlations = []
    for p, o in zip(np.asarray(pred, dtype=float), np.asarray(obs, dtype=float)):
        if (p == p[0]).all() or (o == o[0]).all():
            correlations.append(0.0)
        else:
            correlations.append(np.corrcoef(p, o)[0, 1])
    return np.array(correlations)
