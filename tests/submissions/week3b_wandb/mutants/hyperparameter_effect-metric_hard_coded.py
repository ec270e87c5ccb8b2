# exercise: hyperparameter_effect
# mistake: always looks at test_avg_pearsonr, whatever metric is asked for
# caught by: test_varied_only

def hyperparameter_effect(runs, metric):
    metric = "test_avg_pearsonr"
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
