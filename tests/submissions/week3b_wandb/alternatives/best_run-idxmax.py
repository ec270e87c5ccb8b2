# exercise: best_run
# style: idxmax and idxmin on a copy with fresh labels, columns popped

def best_run(runs, metric, goal):
    table = runs.copy().reset_index(drop=True).astype({metric: float})
    table = table[table.pop("state").eq("finished")].dropna(subset=[metric])
    scores = table.pop(metric)
    label = scores.idxmax() if goal.startswith("max") else scores.idxmin()
    return dict(table.astype(object).loc[label])
