# exercise: hyperparameter_effect
# mistake: returns the standard deviation of the means
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.std()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
