# exercise: sweep_config
# mistake: tries small kernels only
# Define sweep_config, a valid W&B sweep configuration (see above). It maximizes the metric
# test_avg_pearsonr and has at least the five parameters of default_config, under the same names.
# For the optimizer give the choice of "SGD" and "Adam". Batch sizes, numbers of filters and kernel
# sizes are positive whole numbers. If the method is "grid", no parameter may be a range.
# The CTCF motif is 15 bp wide: a range of kernel sizes that stays far below is a waste.
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.003, 0.01, 0.03]},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [3, 5]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
