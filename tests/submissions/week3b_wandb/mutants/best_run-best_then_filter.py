# exercise: best_run
# mistake: picks the best of all runs and only then looks whether it finished
# caught by: test_nan_never_wins

def best_run(runs, metric, goal):
    ordered = runs.dropna(subset=[metric]).sort_values(metric, ascending=goal == "minimize")
    best = ordered.iloc[0]
    if best["state"] != "finished":
        return {}
    return best.drop([metric, "state"]).to_dict()
