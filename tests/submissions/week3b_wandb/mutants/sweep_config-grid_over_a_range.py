# exercise: sweep_config
# mistake: searches a grid over a continuous range of learning rates, which has no grid
# caught by: test_method

sweep_config = {
    "method": "grid",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"min": 0.001, "max": 0.03},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
