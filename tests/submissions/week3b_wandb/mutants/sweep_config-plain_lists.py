# exercise: sweep_config
# mistake: gives each parameter's choices as a plain list without values
# caught by: test_every_parameter_is_well_formed

sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": [0.001, 0.003, 0.01, 0.03],
        "batch_size": [16, 32, 64],
        "num_filters": [8, 16, 32],
        "kernel_size": [7, 11, 15],
        "optimizer": ["SGD", "Adam"],
    },
}
