# exercise: hyperparameter_effect
# mistake: returns the absolute correlation with the metric
# caught by: test_effects

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    columns = [c for c in finished.columns if c not in (metric, "state") and finished[c].nunique() > 1]
    codes = finished[columns].apply(lambda c: pd.factorize(c, sort=True)[0])
    return codes.corrwith(finished[metric]).abs().sort_values(ascending=False)
