# exercise: hyperparameter_effect
# style: melts the table and groups it once

def hyperparameter_effect(runs, metric):
    done = runs.loc[runs["state"].eq("finished")].dropna(subset=[metric]).drop(columns="state")
    long = done.astype(object).melt(id_vars=metric, var_name="hyperparameter", value_name="setting")
    long[metric] = long[metric].astype(float)
    means = long.groupby(["hyperparameter", "setting"], sort=False)[metric].mean()
    per_name = means.groupby(level="hyperparameter", sort=False)
    spread = (per_name.max() - per_name.min())[per_name.size() > 1]
    return spread.nlargest(len(spread))
