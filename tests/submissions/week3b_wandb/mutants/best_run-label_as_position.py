# exercise: best_run
# mistake: uses the label from idxmax as a position
# caught by: test_maximize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    best = finished[metric].idxmax() if goal == "maximize" else finished[metric].idxmin()
    return finished.iloc[best].drop([metric, "state"]).to_dict()
