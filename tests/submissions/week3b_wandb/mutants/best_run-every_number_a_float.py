# exercise: best_run
# mistake: turns every number into a float
# caught by: test_form

def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    row = kept.sort_values(metric, ascending=goal == "minimize").iloc[0]
    row = row.drop([metric, "state"])
    return {name: value if isinstance(value, str) else float(value) for name, value in row.items()}
