# exercise: hyperparameter_effect
# style: drops constant columns by nunique, then DataFrame.apply with transform

def hyperparameter_effect(runs, metric):
    kept = runs.loc[runs.state.isin(["finished"]) & runs[metric].notnull()]
    result = kept[metric]
    params = kept.drop(columns=["state", metric])
    params = params.loc[:, params.nunique() > 1]

    def spread(column):
        means = result.groupby(column.to_numpy()).transform("mean")
        return float(means.max() - means.min())

    effects = pd.Series({name: spread(params[name]) for name in params}, dtype=float)
    return effects.nlargest(len(effects))
