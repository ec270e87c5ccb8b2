# attack: returns dict, Series and DataFrame subclasses that say they equal everything
# class: gain
# base: stub
# exercise: best_run
# expect: 0 points
import pandas as pd
class Good(dict):
    def __eq__(self, other): return True
    def __getitem__(self, key): return Good()
    def __contains__(self, key): return True
    def __float__(self): return 1.0
def best_run(runs, metric, goal):
    return Good()
# --- exercise: hyperparameter_effect
class Effect(pd.Series):
    @property
    def _constructor(self): return Effect
    def __eq__(self, other): return pd.Series([True])
    def equals(self, other): return True
    @property
    def index(self): return pd.Index(["lr"])
def hyperparameter_effect(runs, metric):
    return Effect([0.0])
