# exercise: sweep_config
# mistake: asks for a distribution that W&B does not have
# caught by: test_every_parameter_is_well_formed

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"distribution": "loguniform", "min": 0.0001, "max": 0.1},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
