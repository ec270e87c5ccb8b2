# exercise: best_run
# mistake: compares the goal with max, so that maximize minimizes
# caught by: test_maximize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal != "max")
    return finished.iloc[0].drop([metric, "state"]).to_dict()
