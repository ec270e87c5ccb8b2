# exercise: best_run
# mistake: always takes the smallest metric
# caught by: test_maximize

def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    kept = kept.sort_values(metric)
    return kept.drop(columns=[metric, "state"]).to_dict("records")[0]
