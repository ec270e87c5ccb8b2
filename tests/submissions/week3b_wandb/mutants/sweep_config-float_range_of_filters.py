# exercise: sweep_config
# mistake: the range of the number of filters has floats, so draws are not integers
# caught by: test_values_can_be_trained_with

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"min": 0.001, "max": 0.1, "distribution": "log_uniform_values"},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"min": 8.0, "max": 32.0},
        "kernel_size": {"values": [7, 11, 15, 19]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
