# exercise: best_run
# mistake: drops the rows and columns of the argument in place
def best_run(runs, metric, goal):
    runs.drop(runs[(runs["state"] != "finished") | runs[metric].isna()].index, inplace=True)
    runs.sort_values(metric, ascending=goal == "minimize", inplace=True)
    runs.drop(columns=[metric, "state"], inplace=True)
    return runs.to_dict("records")[0]
