# exercise: sweep_config
# mistake: optimizers under PyTorch's module names, in lower case
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.003, 0.01, 0.03]},
        "batch_size": {"values": [32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [9, 15, 19]},
        "optimizer": {"values": ["sgd", "adam"]},
    },
}
