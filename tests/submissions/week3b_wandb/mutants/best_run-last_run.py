# exercise: best_run
# mistake: returns the last finished run
# caught by: test_only_finished_runs

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    return finished.iloc[-1].drop([metric, "state"]).to_dict()
