# exercise: hyperparameter_effect
# mistake: asks of all rows whether a hyperparameter varies
def hyperparameter_effect(runs, metric):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in kept.columns.drop([metric, "state"]):
        if runs[name].nunique() > 1:
            means = kept.groupby(name)[metric].mean()
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
