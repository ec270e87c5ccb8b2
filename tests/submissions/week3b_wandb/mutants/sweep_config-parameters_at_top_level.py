# exercise: sweep_config
# mistake: writes the parameters beside method and metric, not under parameters
# caught by: test_method

sweep_config = {
    "method": "grid",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "learning_rate": {"values": [0.001, 0.003, 0.01]},
    "batch_size": {"values": [32, 64]},
    "num_filters": {"values": [16, 32]},
    "kernel_size": {"values": [7, 15]},
    "optimizer": {"values": ["SGD", "Adam"]},
}
