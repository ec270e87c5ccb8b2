# exercise: sweep_config
# mistake: a grid with a range for the rate
sweep_config = {
    "method": "grid",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"min": 0.001, "max": 0.1},
        "batch_size": {"values": [32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [9, 15, 19]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
