# exercise: hyperparameter_effect
# mistake: counts a nan as zero in the means
# caught by: test_finished_only

def hyperparameter_effect(runs, metric):
    finished = runs[runs["state"] == "finished"].fillna({metric: 0})
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
