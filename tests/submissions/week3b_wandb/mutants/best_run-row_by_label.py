# exercise: best_run
# mistake: takes the best row by its label as a Series, in which integers become floats
# caught by: test_form

def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    best = kept[metric].idxmax() if goal == "maximize" else kept[metric].idxmin()
    return dict(kept.drop(columns=[metric, "state"]).loc[best])
