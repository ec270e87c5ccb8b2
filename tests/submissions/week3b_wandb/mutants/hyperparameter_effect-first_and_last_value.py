# exercise: hyperparameter_effect
# mistake: compares the smallest value with the largest, not the best with the worst
# caught by: test_effects
def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in finished.columns.drop([metric, "state"]):
        if finished[name].nunique() > 1:
            means = finished.groupby(name)[metric].mean()
            effects[name] = abs(means.iloc[-1] - means.iloc[0])
    return pd.Series(effects).sort_values(ascending=False)
