# exercise: hyperparameter_effect
# mistake: treats the metric as a hyperparameter too
# caught by: test_varied_only

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column == "state" or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
