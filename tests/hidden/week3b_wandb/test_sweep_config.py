"""sweep_config: a valid W&B sweep over at least five hyperparameters."""

import json
import math

from autograder.testing import points

NEEDED = ("learning_rate", "batch_size", "num_filters", "kernel_size", "optimizer")
# The distributions that W&B knows, and what each needs (its sweep configuration reference).
DISTRIBUTIONS = {
    "constant": {"value"},
    "categorical": {"values"},
    "int_uniform": {"min", "max"},
    "uniform": {"min", "max"},
    "q_uniform": {"min", "max"},
    "log_uniform": {"min", "max"},
    "log_uniform_values": {"min", "max"},
    "q_log_uniform": {"min", "max"},
    "q_log_uniform_values": {"min", "max"},
    "inv_log_uniform": {"min", "max"},
    "inv_log_uniform_values": {"min", "max"},
    "normal": set(),
    "q_normal": set(),
    "log_normal": set(),
    "q_log_normal": set(),
    "beta": set(),
    "q_beta": set(),
    "categorical_w_probabilities": {"values", "probabilities"},
}


def parameters(student):
    config = student.sweep_config
    assert isinstance(config, dict), f"a {type(config).__name__}"
    found = config.get("parameters")
    assert isinstance(found, dict), "no parameters"
    return found


def choices(spec):
    """The values to choose from, or None for a range or a distribution."""
    if "values" in spec:
        return list(spec["values"])
    return [spec["value"]] if "value" in spec else None


@points(1)
def test_method(student):
    """The method is one that W&B knows: grid, random or bayes. A grid cannot be made of ranges: it
    needs lists of values."""
    method = student.sweep_config.get("method")
    assert method in ("grid", "random", "bayes"), method
    if method == "grid":
        assert all(choices(spec) is not None for spec in parameters(student).values())


@points(1)
def test_metric(student):
    """The metric is the one that train_sweep logs at its end, by exactly that name, and a good run
    has much of it."""
    metric = student.sweep_config.get("metric")
    assert isinstance(metric, dict) and metric.get("name") == "test_avg_pearsonr", metric
    assert metric.get("goal") == "maximize", metric


@points(1)
def test_names(student):
    """The sweep varies at least learning_rate, batch_size, num_filters, kernel_size and optimizer,
    under these names: they are what train_sweep looks for in wandb.config."""
    found = parameters(student)
    assert all(name in found for name in NEEDED), sorted(found)


@points(1)
def test_every_parameter_is_well_formed(student):
    """Each parameter is a dictionary with `values`, or `value`, or `min` and `max` (the smaller
    first), or a distribution that W&B knows; and the whole can be sent to W&B as plain data."""
    json.dumps(student.sweep_config)
    for name, spec in parameters(student).items():
        assert isinstance(spec, dict), f"{name}: {spec!r}"
        kind = spec.get("distribution")
        assert kind is None or kind in DISTRIBUTIONS, f"{name}: {kind!r}"
        options = [{"value"}, {"values"}, {"min", "max"}]
        wanted = options if kind is None else [DISTRIBUTIONS[kind]]
        assert any(option <= set(spec) for option in wanted), f"{name}: {spec!r}"
        if "values" in spec:
            assert isinstance(spec["values"], (list, tuple)) and len(spec["values"]), name
        if "min" in spec:
            assert spec["min"] < spec["max"], f"{name}: {spec!r}"


@points(1)
def test_values_can_be_trained_with(student):
    """What the sweep draws has to work: learning rates above 0, some of them below 0.1 (log_uniform
    takes exponents, log_uniform_values takes the rates themselves), batch sizes, filters and kernel
    sizes that are positive whole numbers, optimizers named SGD and Adam; and something varies."""
    found = parameters(student)
    optimizers = choices(found["optimizer"])
    assert optimizers and set(optimizers) <= {"SGD", "Adam"}, optimizers
    rate = found["learning_rate"]
    logarithm = str(rate.get("distribution", "")) in ("log_uniform", "q_log_uniform")
    lowest = choices(rate) or ([] if logarithm else [rate.get("min", 1)])
    assert all(isinstance(v, (int, float)) and v > 0 and math.isfinite(v) for v in lowest), rate
    if logarithm:
        lowest = [math.exp(min(rate["min"], 50))]
    assert not lowest or min(lowest) < 0.1, rate
    for name in ("batch_size", "num_filters", "kernel_size"):
        spec = found[name]
        values = choices(spec) or [spec[end] for end in ("min", "max") if end in spec]
        assert all(type(v) is int and v > 0 for v in values), f"{name}: {spec!r}"
        whole = choices(spec) is not None or spec.get("distribution", "int_uniform") in (
            "int_uniform", "q_uniform", "q_log_uniform_values"
        )  # fmt: skip
        assert whole, f"{name}: {spec!r}"
    assert any((c := choices(spec)) is None or len(set(map(str, c))) > 1 for spec in found.values())
