# exercise: best_run
# mistake: keeps a table of one row, whose dict has a dict for each column
# caught by: test_minimize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.head(1).drop(columns=[metric, "state"]).to_dict()
