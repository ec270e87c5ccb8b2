# exercise: best_run
# style: a loop over itertuples that keeps the best so far

def best_run(runs, metric, goal):
    columns = list(runs.columns)
    best, best_value = None, None
    for values in runs.itertuples(index=False, name=None):
        row = dict(zip(columns, values))
        value = row.pop(metric)
        if row.pop("state") != "finished" or value != value:
            continue
        better = best is None or (value > best_value if goal == "maximize" else value < best_value)
        if better:
            best, best_value = row, value
    return best
