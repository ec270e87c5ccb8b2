# attack: replaces W&B by an object that agrees with everything
# class: gain
# base: stub
# exercise: train_sweep
# expect: 0 points
import sys, types
class Agrees(types.ModuleType):
    def __getattr__(self, name): return Agrees(name)
    def __call__(self, *a, **k): return Agrees("x")
    def __enter__(self): return self
    def __exit__(self, *a): return False
    def __eq__(self, other): return True
    def __getitem__(self, key): return 0.01
    __hash__ = object.__hash__
sys.modules["wandb"] = wandb = Agrees("wandb")
def train_sweep():
    wandb.log({"val_pearson": 1.0})
# --- exercise: sweep_config
sweep_config = Agrees("config")
