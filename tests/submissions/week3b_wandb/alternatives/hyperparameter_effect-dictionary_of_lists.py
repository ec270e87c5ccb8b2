# exercise: hyperparameter_effect
# style: plain dictionaries of lists over records

def hyperparameter_effect(runs, metric):
    rows = [r for r in runs.to_dict("records") if r["state"] == "finished" and r[metric] == r[metric]]
    names = [c for c in runs.columns if c not in {metric, "state"}]
    found = []
    for name in names:
        by_value = {}
        for row in rows:
            by_value.setdefault(row[name], []).append(row[metric])
        if len(by_value) > 1:
            means = [sum(v) / len(v) for v in by_value.values()]
            found.append((max(means) - min(means), name))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return pd.Series([float(effect) for effect, _ in found], index=[name for _, name in found], name="effect", dtype=float)
