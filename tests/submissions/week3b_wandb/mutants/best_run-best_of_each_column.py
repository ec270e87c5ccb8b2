# exercise: best_run
# mistake: takes the extreme of every column on its own
# caught by: test_minimize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    extremes = finished.max() if goal == "maximize" else finished.min()
    return extremes.drop([metric, "state"]).to_dict()
