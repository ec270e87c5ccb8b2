# exercise: sweep_config
# mistake: has lists of values, each with one value only, so nothing is compared
# caught by: test_values_can_be_trained_with
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.003]},
        "batch_size": {"values": [32]},
        "num_filters": {"values": [16]},
        "kernel_size": {"values": [15]},
        "optimizer": {"values": ["Adam"]},
    },
}
