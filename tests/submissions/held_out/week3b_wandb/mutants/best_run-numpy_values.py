# exercise: best_run
# mistake: values of NumPy, from each column's iloc
def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    kept = kept.sort_values(metric, ascending=goal == "minimize")
    return {name: kept[name].iloc[0] for name in kept.columns if name not in (metric, "state")}
