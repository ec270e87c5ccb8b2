# exercise: best_run
# mistake: looks up the index of the chosen rows in all rows by position
def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()].reset_index(drop=True)
    place = kept[metric].idxmax() if goal == "maximize" else kept[metric].idxmin()
    return runs.drop(columns=[metric, "state"]).to_dict("records")[place]
