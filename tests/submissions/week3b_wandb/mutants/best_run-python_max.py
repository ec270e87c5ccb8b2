# exercise: best_run
# mistake: walks over the rows with a comparison that a first nan survives
# caught by: test_nan_never_wins

def best_run(runs, metric, goal):
    rows = runs[runs["state"] == "finished"].to_dict("records")
    best = rows[0]
    for row in rows[1:]:
        if (goal == "maximize" and row[metric] > best[metric]) or (goal == "minimize" and row[metric] < best[metric]):
            best = row
    return {key: value for key, value in best.items() if key not in (metric, "state")}
