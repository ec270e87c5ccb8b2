# exercise: hyperparameter_effect
# mistake: the best run of each value in place of its mean
def hyperparameter_effect(runs, metric):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in kept.columns.drop([metric, "state"]):
        if kept[name].nunique() > 1:
            means = kept.groupby(name)[metric].max()
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
