# exercise: best_run
# mistake: looks for the smallest from 1 on, so that no run with a larger loss is ever found
# caught by: test_minimize

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    best = 1.0 if goal == "minimize" else float("-inf")
    found = {}
    for row in finished.to_dict("records"):
        better = row[metric] < best if goal == "minimize" else row[metric] > best
        if better:
            best = row[metric]
            found = {name: value for name, value in row.items() if name not in (metric, "state")}
    return found
