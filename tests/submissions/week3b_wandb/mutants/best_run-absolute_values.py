# exercise: best_run
# mistake: compares absolute values, so a strongly negative correlation wins
# caught by: test_maximize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize", key=abs)
    return finished.iloc[0].drop([metric, "state"]).to_dict()
