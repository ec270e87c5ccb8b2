"""sweep_config: a valid W&B sweep over at least five hyperparameters."""

import json
import math

import numpy as np

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


def numpy_values(found):
    """The NumPy values anywhere in nested dicts and lists."""
    if isinstance(found, dict):
        return [value for part in found.values() for value in numpy_values(part)]
    if isinstance(found, (list, tuple)):
        return [value for part in found for value in numpy_values(part)]
    return [found] if isinstance(found, (np.generic, np.ndarray)) else []


def choices(spec):
    """The values to choose from, or None for a range or a distribution."""
    if "values" in spec:
        return list(spec["values"])
    return [spec["value"]] if "value" in spec else None


@points(1, form=True)
def test_method(student):
    """The method is not one that W&B knows, or a grid has a range. The methods are grid, random and
    bayes. A grid needs a list of values for every parameter."""
    method = student.sweep_config.get("method")
    assert method in ("grid", "random", "bayes"), method
    if method == "grid":
        assert all(choices(spec) is not None for spec in parameters(student).values())


@points(1)
def test_metric(student):
    """The metric has another name, or its goal is wrong. Use the exact name that train_sweep logs
    at the end. A higher correlation is better: which goal says so?"""
    metric = student.sweep_config.get("metric")
    assert isinstance(metric, dict) and metric.get("name") == "test_avg_pearsonr", metric
    assert metric.get("goal") == "maximize", metric


@points(1, form=True)
def test_names(student):
    """A parameter is missing or has another name. The sweep needs learning_rate, batch_size,
    num_filters, kernel_size and optimizer: train_sweep looks them up by these names."""
    found = parameters(student)
    assert all(name in found for name in NEEDED), sorted(found)


@points(1, form=True)
def test_every_parameter_is_well_formed(student):
    """A parameter is not written as W&B expects. Each one is a dictionary with `values`, or with
    `value`, or with `min` and `max` (min is smaller), and a distribution, if there is one, is one
    that W&B knows. Everything is plain Python: numbers, strings, lists and dictionaries. NumPy's
    numbers stop the sweep; `.tolist()` turns an array into plain numbers."""
    assert not (found := numpy_values(student.sweep_config)), f"NumPy's {type(found[0]).__name__}"
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
    """A run with some of these values cannot be trained, or nothing varies. Learning rates are
    above 0, and some are below 0.1 (log_uniform takes exponents; log_uniform_values takes the rates
    themselves). Batch sizes, numbers of filters and kernel sizes are positive integers. Optimizers
    are named SGD and Adam."""
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
        integers = [isinstance(v, (int, np.integer)) and v is not True and v > 0 for v in values]
        assert all(integers), f"{name}: {spec!r}"
        whole = choices(spec) is not None or spec.get("distribution", "int_uniform") in (
            "int_uniform", "q_uniform", "q_log_uniform_values"
        )  # fmt: skip
        assert whole, f"{name}: {spec!r}"
    assert any((c := choices(spec)) is None or len(set(map(str, c))) > 1 for spec in found.values())
