# exercise: best_run
# mistake: returns a Series, not a dict
# caught by: test_form

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.iloc[0].drop([metric, "state"])
