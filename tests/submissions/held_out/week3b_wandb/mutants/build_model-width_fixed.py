# exercise: build_model
# mistake: always 15 wide
def build_model(config):
    """A new convolutional model of TF binding, as the configuration says.

    config: a mapping (a dict, or wandb.config) with "num_filters" and "kernel_size".
    Returns an nn.Module, (n, L, 4) to (n, L), for any L: convolutional to the end, no dense layer.
    Every convolution but the last has num_filters filters and is kernel_size wide; there are at
    least two of these, with a ReLU after each. The last one has width 1 and a single filter.
    Even kernel sizes must work too. Do not change config or set a seed.
    """
    filters, width = config["num_filters"], 15
    return nn.Sequential(
        ChannelsFirst(),
        nn.Conv1d(4, filters, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(filters, filters, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(filters, 1, 1),
        nn.Flatten(),  # (n, 1, L) becomes (n, L)
    )
