# exercise: hyperparameter_effect
# mistake: sorts by the hyperparameter's name
# caught by: test_largest_first

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_index()
