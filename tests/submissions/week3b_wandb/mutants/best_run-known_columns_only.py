# exercise: best_run
# mistake: returns only the five hyperparameters of this notebook
# caught by: test_form

def best_run(runs, metric, goal):
    finished = runs[(runs["state"] == "finished") & runs[metric].notna()]
    finished = finished.sort_values(metric, ascending=goal == "minimize")
    return finished.iloc[0][["learning_rate", "batch_size", "num_filters", "kernel_size", "optimizer"]].to_dict()
