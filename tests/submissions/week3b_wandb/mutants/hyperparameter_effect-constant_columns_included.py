# exercise: hyperparameter_effect
# mistake: includes hyperparameters that never vary, with an effect of zero
# caught by: test_varied_only

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state"):
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
