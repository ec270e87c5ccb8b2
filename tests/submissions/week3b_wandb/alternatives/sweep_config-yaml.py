# exercise: sweep_config
# style: written as YAML, as for the command line, and read with yaml.safe_load

import yaml

sweep_config = yaml.safe_load("""
method: grid
metric:
  name: test_avg_pearsonr
  goal: maximize
parameters:
  learning_rate:
    values: [0.003, 0.01, 0.1]
  batch_size:
    value: 32
  num_filters:
    values: [8, 16, 32]
  kernel_size:
    values: [5, 15]
  optimizer:
    values: [SGD, Adam]
""")
