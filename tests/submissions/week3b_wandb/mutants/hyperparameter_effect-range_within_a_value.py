# exercise: hyperparameter_effect
# mistake: averages the ranges within each value instead of comparing values
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        groups = finished.groupby(column)[metric]
        effects[column] = (groups.max() - groups.min()).mean()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
