# exercise: sweep_config
# mistake: writes value instead of values, so the whole list is one constant
# caught by: test_values_can_be_trained_with

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"value": [0.001, 0.003, 0.01, 0.03]},
        "batch_size": {"value": [16, 32, 64]},
        "num_filters": {"value": [8, 16, 32]},
        "kernel_size": {"value": [7, 11, 15]},
        "optimizer": {"value": ["SGD", "Adam"]},
    },
}
