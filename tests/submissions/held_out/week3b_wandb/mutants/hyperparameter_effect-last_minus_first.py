# exercise: hyperparameter_effect
# mistake: the mean of the largest value minus that of the smallest
def hyperparameter_effect(runs, metric):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in kept.columns.drop([metric, "state"]):
        if kept[name].nunique() > 1:
            means = kept.groupby(name)[metric].mean()
            effects[name] = means.iloc[-1] - means.iloc[0]
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
