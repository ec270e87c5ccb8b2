# exercise: sweep_config
# mistake: is a single configuration, not a sweep over several
# caught by: test_method

sweep_config = {
    "learning_rate": 0.003,
    "batch_size": 32,
    "num_filters": 32,
    "kernel_size": 15,
    "optimizer": "Adam",
}
