# exercise: hyperparameter_effect
# mistake: divides the difference by the best mean
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = (means.max() - means.min()) / means.max()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
