# exercise: best_run
# mistake: takes the row as a Series, in which integers become floats if all columns are numbers
# caught by: test_form

def best_run(runs, metric, goal):
    kept = runs[(runs["state"] == "finished") & runs[metric].notna()]
    kept = kept.sort_values(metric, ascending=goal == "minimize")
    return kept.drop(columns=[metric, "state"]).iloc[0].to_dict()
