# exercise: best_run
# mistake: counts crashed runs
def best_run(runs, metric, goal):
    """The configuration of the best run.

    runs: DataFrame, one row a run. The column named by `metric` holds its result, the column
    "state" how it ended; every other column is a hyperparameter.
    goal: "maximize" or "minimize". At least one run qualifies.
    Returns a dict, hyperparameter to value, of the best row. Only rows count whose state is
    "finished" and whose metric is not nan. Values keep their type: an int column gives ints.
    Do not change runs.
    """
    usable = runs[runs[metric].notna()]
    ordered = usable.sort_values(metric, ascending=goal == "minimize")
    return ordered.drop(columns=[metric, "state"]).head(1).to_dict("records")[0]
