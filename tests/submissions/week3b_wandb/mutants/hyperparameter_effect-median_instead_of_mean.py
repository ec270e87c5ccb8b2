# exercise: hyperparameter_effect
# mistake: compares medians instead of means
# caught by: test_finished_only

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].median()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
