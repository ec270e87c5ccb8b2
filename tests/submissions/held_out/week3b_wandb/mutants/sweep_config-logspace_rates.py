# exercise: sweep_config
# mistake: rates from np.logspace, which are NumPy's numbers
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": list(np.logspace(-3, -1, 5))},
        "batch_size": {"values": [32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [9, 15, 19]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
