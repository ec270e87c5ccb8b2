# exercise: best_run
# mistake: always maximizes
# caught by: test_only_finished_runs

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=False)
    return finished.iloc[0].drop([metric, "state"]).to_dict()
