# exercise: hyperparameter_effect
# mistake: looks only at the five hyperparameters of this notebook
# caught by: test_varied_only

def hyperparameter_effect(runs, metric):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for column in ["learning_rate", "batch_size", "num_filters", "kernel_size", "optimizer"]:
        if column in (metric, "state") or finished[column].nunique() < 2:
            continue
        means = finished.groupby(column)[metric].mean()
        effects[column] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
