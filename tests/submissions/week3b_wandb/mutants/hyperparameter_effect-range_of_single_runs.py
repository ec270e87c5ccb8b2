# exercise: hyperparameter_effect
# mistake: takes the best minus the worst single run, the same for every hyperparameter
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        effects[column] = finished[metric].max() - finished[metric].min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
