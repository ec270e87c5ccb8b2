# exercise: sweep_config
# style: bayes, with distributions, integer ranges and early termination

sweep_config = {
    "name": "bayes-tf-binding",
    "description": "rates on a log scale, sizes in steps",
    "method": "bayes",
    "metric": {"goal": "maximize", "name": "test_avg_pearsonr"},
    "early_terminate": {"type": "hyperband", "min_iter": 3},
    "run_cap": 12,
    "parameters": {
        "learning_rate": {"distribution": "log_uniform_values", "min": 1e-4, "max": 3e-2},
        "batch_size": {"distribution": "categorical", "values": [16, 32, 64, 128]},
        "num_filters": {"distribution": "int_uniform", "min": 8, "max": 64},
        "kernel_size": {"min": 5, "max": 21},
        "optimizer": {"distribution": "categorical", "values": ["Adam", "SGD"]},
    },
}
