# exercise: sweep_config
# mistake: gives a range whose min lies above its max
# caught by: test_every_parameter_is_well_formed

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"distribution": "log_uniform_values", "min": 0.1, "max": 0.0001},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
