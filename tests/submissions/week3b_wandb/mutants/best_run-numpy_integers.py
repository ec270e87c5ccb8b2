# exercise: best_run
# mistake: takes each value with .iloc, so that integers are NumPy's, which DataLoader refuses
# caught by: test_form

def best_run(runs, metric, goal):
    sign = {"maximize": 1.0, "minimize": -1.0}[goal]
    values = np.array(runs[metric], dtype=float) * sign
    values[(runs["state"] != "finished").to_numpy()] = np.nan
    position = int(np.nanargmax(values))
    return {c: runs[c].iloc[position] for c in runs.columns if c not in (metric, "state")}
