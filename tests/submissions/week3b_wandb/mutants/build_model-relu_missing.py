# exercise: build_model
# mistake: no ReLU after the second wide convolution, which makes it and the last one a single linear layer
# caught by: test_learns_with_every_parameter
# Exercise: build_model (4 points)
def build_model(config):
    """A new convolutional model of TF binding, as the configuration says."""
    filters, size = config["num_filters"], config["kernel_size"]
    return nn.Sequential(
        ChannelsFirst(),
        nn.Conv1d(4, filters, size, padding="same"),
        nn.ReLU(),
        nn.Conv1d(filters, filters, size, padding="same"),
        nn.Conv1d(filters, 1, 1),
        nn.Flatten(),
    )
