# exercise: best_run
# mistake: counts a nan as zero, which wins over every negative metric and every positive loss
# caught by: test_nan_never_wins

def best_run(runs, metric, goal):
    finished = runs[runs["state"] == "finished"].fillna({metric: 0})
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.iloc[0].drop([metric, "state"]).to_dict()
