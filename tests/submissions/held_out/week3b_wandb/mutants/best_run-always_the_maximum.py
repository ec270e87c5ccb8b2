# exercise: best_run
# mistake: takes the maximum, whatever the goal
def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    kept = kept.sort_values(metric, ascending=False).drop(columns=[metric, "state"])
    return kept.to_dict("records")[0]
