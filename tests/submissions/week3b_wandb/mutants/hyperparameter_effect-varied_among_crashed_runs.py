# exercise: hyperparameter_effect
# mistake: includes hyperparameters that vary only among runs that did not finish
# caught by: test_finished_only

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or runs[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
