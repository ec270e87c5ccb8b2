# exercise: sweep_config
# mistake: lists without the entry values
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.003, 0.01, 0.03]},
        "batch_size": {"values": [32, 64]},
        "num_filters": [8, 16, 32],
        "kernel_size": [9, 15, 19],
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
