# exercise: best_run
# mistake: finds the position among the finished runs and looks it up among all runs
# caught by: test_only_finished_runs

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    values = finished[metric].to_numpy()
    best = values.argmax() if goal == "maximize" else values.argmin()
    return runs.iloc[best].drop([metric, "state"]).to_dict()
