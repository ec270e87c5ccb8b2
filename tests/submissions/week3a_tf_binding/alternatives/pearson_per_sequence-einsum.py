# exercise: pearson_per_sequence
# style: subtracts the first value of each row, so that a constant row is exactly zero

def pearson_per_sequence(pred, obs):
    def centered(a):
        a = np.array(a, dtype=np.float64)
        a -= a[:, [0]]
        return a - a.mean(axis=1)[:, None]

    p, o = centered(pred), centered(obs)
    top = np.einsum("nl,nl->n", p, o)
    bottom = np.linalg.norm(p, axis=1) * np.linalg.norm(o, axis=1)
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)
