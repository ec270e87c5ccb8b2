# exercise: best_run
# mistake: takes the row of the table's array, in which integers become floats
# caught by: test_form

def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    order = np.argsort(kept[metric].to_numpy())
    best = order[-1] if goal == "maximize" else order[0]
    table = kept.drop(columns=[metric, "state"])
    return dict(zip(table.columns, table.to_numpy()[best].tolist()))
