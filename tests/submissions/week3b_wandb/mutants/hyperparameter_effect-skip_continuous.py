# exercise: hyperparameter_effect
# mistake: leaves out hyperparameters that have another value in every run
# caught by: test_effects
# Exercise: hyperparameter_effect (4 points)
def hyperparameter_effect(runs, metric):
    """How much each hyperparameter mattered for the metric."""
    good = runs.loc[(runs["state"] == "finished") & runs[metric].notna()]
    names = [
        name for name in good.columns.difference([metric, "state"])
        if 1 < good[name].nunique() < len(good)  # a mean needs more than one run
    ]
    means = {name: good.groupby(name)[metric].mean() for name in names}
    effect = pd.Series({name: m.max() - m.min() for name, m in means.items()}, dtype=float)
    return effect.sort_values(ascending=False)
