# exercise: sweep_config
# style: a grid built key by key, with a constant and a name of its own

parameters_dict = {}
parameters_dict["optimizer"] = dict(values=["Adam", "SGD"])
parameters_dict["learning_rate"] = dict(values=[3e-3, 1e-2])
parameters_dict["batch_size"] = dict(values=[32, 128])
parameters_dict["num_filters"] = dict(values=[8, 32])
parameters_dict["kernel_size"] = dict(values=[6, 15])
parameters_dict["dataset"] = dict(value="synthetic")

sweep_config = dict(method="grid", name="ctcf-grid")
sweep_config["metric"] = dict(name="test_avg_pearsonr", goal="maximize")
sweep_config["parameters"] = parameters_dict
