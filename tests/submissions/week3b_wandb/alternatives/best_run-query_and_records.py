# exercise: best_run
# style: query, then Python's own max and min over records

import math


def best_run(runs, metric, goal):
    records = runs.query("state == 'finished'").to_dict("records")
    records = [r for r in records if not math.isnan(r[metric])]
    choose = max if goal == "maximize" else min
    best = choose(records, key=lambda r: r[metric])
    return {k: v for k, v in best.items() if k not in (metric, "state")}
