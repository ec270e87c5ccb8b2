# exercise: sweep_config
# mistake: the metric's name is avg_pearsonr
# caught by: test_metric

sweep_config = {
    "method": "random",
    "metric": {"name": "avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.001, 0.003, 0.01, 0.03]},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
