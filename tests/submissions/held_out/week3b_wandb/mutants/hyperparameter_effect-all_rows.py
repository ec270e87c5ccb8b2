# exercise: hyperparameter_effect
# mistake: uses crashed runs
def hyperparameter_effect(runs, metric):
    """How much each hyperparameter mattered for the metric.

    runs: as for best_run; again only finished rows with a metric that is not nan count.
    Returns a pandas Series: its index are the hyperparameters that take more than one value in
    these rows, its values the differences between the largest and the smallest mean of the metric
    over the hyperparameter's values. Sorted, the largest difference first.
    Hyperparameters can be numbers or strings. Do not change runs.
    """
    usable = runs[runs[metric].notna()]
    effects = {}
    for name in usable.columns.drop([metric, "state"]):
        means = usable.groupby(name)[metric].mean()
        if len(means) > 1:
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
