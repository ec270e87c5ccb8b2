# exercise: sweep_config
# mistake: a log-uniform range of batch sizes, which draws floats
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.003, 0.01, 0.03]},
        "batch_size": {"distribution": "log_uniform_values", "min": 16, "max": 128},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [9, 15, 19]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
