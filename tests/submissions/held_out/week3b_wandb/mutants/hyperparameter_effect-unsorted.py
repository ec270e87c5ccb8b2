# exercise: hyperparameter_effect
# mistake: in the order of the columns
def hyperparameter_effect(runs, metric):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in kept.columns.drop([metric, "state"]):
        if kept[name].nunique() > 1:
            means = kept.groupby(name)[metric].mean()
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float)
