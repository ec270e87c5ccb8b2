# exercise: sweep_config
# mistake: leaves the kernel size out of the sweep
# caught by: test_names

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.001, 0.003, 0.01, 0.03]},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
