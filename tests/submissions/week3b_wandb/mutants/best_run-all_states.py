# exercise: best_run
# mistake: lets runs that did not finish win
# caught by: test_nan_never_wins

def best_run(runs, metric, goal):
    finished = runs[runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.iloc[0].drop([metric, "state"]).to_dict()
