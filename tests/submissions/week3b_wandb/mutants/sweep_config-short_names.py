# exercise: sweep_config
# mistake: calls the parameters lr and filters instead of learning_rate and num_filters
# caught by: test_names

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "lr": {"values": [0.001, 0.003, 0.01, 0.03]},
        "batch_size": {"values": [16, 32, 64]},
        "filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
