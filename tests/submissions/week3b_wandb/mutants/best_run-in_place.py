# exercise: best_run
# mistake: drops and sorts rows of the caller's data frame
# caught by: test_maximize
# Exercise: best_run (5 points)
def best_run(runs, metric, goal):
    """The configuration of the best run."""
    runs.drop(runs.index[runs["state"] != "finished"], inplace=True)
    runs.dropna(subset=[metric], inplace=True)
    runs.sort_values(metric, ascending=goal != "maximize", inplace=True)
    return {name: runs[name].iloc[0] for name in runs.columns if name not in (metric, "state")}
