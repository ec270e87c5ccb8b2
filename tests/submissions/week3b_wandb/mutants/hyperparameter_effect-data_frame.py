# exercise: hyperparameter_effect
# mistake: returns a data frame, not a Series
# caught by: test_varied_only

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.DataFrame({"hyperparameter": list(effects), "effect": list(effects.values())}).sort_values("effect", ascending=False)
