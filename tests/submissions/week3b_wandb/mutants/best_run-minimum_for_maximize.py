# exercise: best_run
# mistake: exchanges idxmax and idxmin
# caught by: test_maximize

def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    best = kept[metric].idxmin() if goal == "maximize" else kept[metric].idxmax()
    return kept.drop(columns=[metric, "state"]).loc[[best]].to_dict("records")[0]
