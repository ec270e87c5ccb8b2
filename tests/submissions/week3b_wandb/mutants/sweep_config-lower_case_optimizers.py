# exercise: sweep_config
# mistake: names the optimizers sgd and adam, which build_optimizer does not know
# caught by: test_values_can_be_trained_with

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.001, 0.003, 0.01, 0.03]},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["sgd", "adam"]},
    },
}
