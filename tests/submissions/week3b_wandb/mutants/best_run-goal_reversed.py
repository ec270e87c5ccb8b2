# exercise: best_run
# mistake: returns the minimum for maximize and the maximum for minimize
# caught by: test_minimize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "maximize")
    return finished.iloc[0].drop([metric, "state"]).to_dict()
