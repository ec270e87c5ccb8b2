# exercise: best_run
# mistake: returns a list with the dict in it
# caught by: test_form

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.head(1).drop(columns=[metric, "state"]).to_dict("records")
