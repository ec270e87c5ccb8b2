# exercise: best_run
# mistake: always looks at test_avg_pearsonr, whatever metric is asked for
# caught by: test_form

def best_run(runs, metric, goal):
    metric = "test_avg_pearsonr"
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.iloc[0].drop([metric, "state"]).to_dict()
