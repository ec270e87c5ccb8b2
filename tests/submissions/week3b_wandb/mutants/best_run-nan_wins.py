# exercise: best_run
# mistake: takes numpy's argmax and argmin, which return the first nan
# caught by: test_nan_never_wins

def best_run(runs, metric, goal):
    finished = runs[runs["state"] == "finished"].reset_index(drop=True)
    values = finished[metric].to_numpy()
    best = np.argmax(values) if goal == "maximize" else np.argmin(values)
    return finished.drop(columns=[metric, "state"]).astype(object).loc[best].to_dict()
