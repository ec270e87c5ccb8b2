# attack: returns empty and zero answers of the right shape and type
# class: gain
# base: stub
# exercise: build_model
# expect: 0 points
class Zero(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 1, 1)
    def forward(self, x):
        return torch.zeros(x.shape[0], x.shape[1]) + 0 * self.conv.weight.sum()
def build_model(config):
    return Zero()
# --- exercise: build_optimizer
def build_optimizer(model, config):
    return torch.optim.SGD(model.parameters(), lr=0.0)
# --- exercise: sweep_config
sweep_config = {"method": "", "metric": {}, "parameters": {}}
# --- exercise: best_run
def best_run(runs, metric, goal):
    return {}
# --- exercise: hyperparameter_effect
def hyperparameter_effect(runs, metric):
    return pd.Series(dtype=float)
# --- exercise: tuned_model
tuned_model = Zero()
