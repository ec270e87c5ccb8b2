# exercise: sweep_config
# mistake: the rates are NumPy's numbers, which W&B cannot hand over
# caught by: test_every_parameter_is_well_formed

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": list(np.logspace(-3, -1, 5))},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15, 19]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
