# exercise: sweep_config
# mistake: log_uniform takes exponents in W&B, so that all rates are about 1 (and it is not among the allowed ones)
# caught by: test_values_can_be_trained_with
# Exercise: sweep_config (5 points)
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"distribution": "log_uniform", "min": 0.001, "max": 0.03},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 24]},
        "kernel_size": {"values": [9, 13, 17]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
