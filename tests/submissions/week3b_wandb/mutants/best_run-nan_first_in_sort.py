# exercise: best_run
# mistake: sorts nan to the front for minimize and takes the first row
# caught by: test_nan_never_wins

def best_run(runs, metric, goal):
    finished = runs[runs["state"] == "finished"].sort_values(metric)
    row = finished.iloc[0] if goal == "minimize" else finished.iloc[-1]
    return row.drop([metric, "state"]).to_dict()
