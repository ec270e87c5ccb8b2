# exercise: hyperparameter_effect
# style: apply over the varied columns with transform and numpy's ptp

def hyperparameter_effect(runs, metric):
    keep = (runs["state"] == "finished") & runs[metric].notna()
    done = runs[keep]
    settings = done.drop(columns=[metric, "state"])
    settings = settings.loc[:, settings.nunique() > 1]
    effects = pd.Series(
        [np.ptp(done[metric].groupby(settings[name]).transform("mean")) for name in settings],
        index=settings.columns,
        dtype="float64",
    )
    return effects.iloc[np.argsort(-effects.to_numpy(), kind="stable")]
