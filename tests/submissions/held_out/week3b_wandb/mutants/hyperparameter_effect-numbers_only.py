# exercise: hyperparameter_effect
# mistake: leaves out hyperparameters that are strings
def hyperparameter_effect(runs, metric):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in kept.select_dtypes("number").columns.drop(metric):
        if kept[name].nunique() > 1:
            means = kept.groupby(name)[metric].mean()
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
