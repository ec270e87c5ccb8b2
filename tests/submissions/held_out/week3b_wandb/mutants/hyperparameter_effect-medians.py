# exercise: hyperparameter_effect
# mistake: medians of the metric in place of means
def hyperparameter_effect(runs, metric):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in kept.columns.drop([metric, "state"]):
        if kept[name].nunique() > 1:
            means = kept.groupby(name)[metric].median()
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
