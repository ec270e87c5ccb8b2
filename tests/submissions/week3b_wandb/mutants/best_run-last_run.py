# exercise: best_run
# mistake: returns the last finished run

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    return finished.iloc[-1].drop([metric, "state"]).to_dict()
