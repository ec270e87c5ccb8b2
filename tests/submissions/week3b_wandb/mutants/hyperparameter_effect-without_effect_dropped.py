# exercise: hyperparameter_effect
# mistake: leaves out hyperparameters that have no effect
# caught by: test_varied_only
def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in finished.columns.drop([metric, "state"]):
        means = finished.groupby(name)[metric].mean()
        if means.max() > means.min():
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
