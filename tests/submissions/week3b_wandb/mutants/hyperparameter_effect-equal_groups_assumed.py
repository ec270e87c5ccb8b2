# exercise: hyperparameter_effect
# mistake: divides each sum by the mean number of runs a value, right only where all have as many
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in finished.columns.drop([metric, "state"]):
        sums = finished.groupby(name)[metric].sum()
        if len(sums) > 1:
            means = sums * len(sums) / len(finished)
            effects[name] = means.max() - means.min()
    return pd.Series(effects, name="effect", dtype=float).sort_values(ascending=False)
