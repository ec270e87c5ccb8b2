# exercise: hyperparameter_effect
# mistake: subtracts the first value's mean from the last one's, sign and all
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in finished.columns:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.iloc[-1] - means.iloc[0]
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
