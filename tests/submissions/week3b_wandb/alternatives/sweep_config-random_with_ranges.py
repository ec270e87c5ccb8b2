# exercise: sweep_config
# style: random search with a plain range of floats, the choices from a dict of lists

choices = {
    "batch_size": [16, 32, 64],
    "num_filters": [16, 24, 32],
    "kernel_size": list(range(5, 20, 2)),
    "optimizer": ["SGD", "Adam"],
}
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"min": 0.0005, "max": 0.02},
        **{name: {"values": values} for name, values in choices.items()},
    },
}
