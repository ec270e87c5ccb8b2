# exercise: pearson_per_sequence
# mistake: divides by zero for constant rows and returns nan
# caught by: test_constant_rows

def pearson_per_sequence(pred, obs):
    pred = np.asarray(pred, dtype=np.float64)
    obs = np.asarray(obs, dtype=np.float64)
    with np.errstate(all="ignore"):
        return np.array([np.corrcoef(p, o)[0, 1] for p, o in zip(pred, obs)])
