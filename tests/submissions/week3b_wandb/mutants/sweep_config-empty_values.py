# exercise: sweep_config
# mistake: leaves the list of batch sizes empty
# caught by: test_every_parameter_is_well_formed

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.001, 0.003, 0.01, 0.03]},
        "batch_size": {"values": []},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
