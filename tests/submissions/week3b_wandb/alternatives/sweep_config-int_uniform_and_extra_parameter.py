# exercise: sweep_config
# style: int_uniform written out; a sixth parameter, fixed

sweep_config = {
    "method": "random",
    "metric": {"goal": "maximize", "name": "test_avg_pearsonr"},
    "parameters": {
        "optimizer": {"values": ["SGD", "Adam"]},
        "learning_rate": {"min": 1e-3, "max": 3e-2, "distribution": "log_uniform_values"},
        "batch_size": {"distribution": "int_uniform", "min": 16, "max": 48},
        "num_filters": {"distribution": "int_uniform", "min": 8, "max": 32},
        "kernel_size": {"distribution": "int_uniform", "min": 11, "max": 19},
        "note": {"value": "first search"},
    },
}
