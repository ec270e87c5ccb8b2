# exercise: build_model
# style: three wide convolutions, the second dilated, wide ones without bias

def build_model(config):
    n, k = config["num_filters"], config["kernel_size"]
    dilations = (1, 2, 1)
    sizes = (4, n, n, n)
    layers = []
    for i, d in enumerate(dilations):
        layers.append(nn.Conv1d(sizes[i], sizes[i + 1], k, padding="same", dilation=d,
                                bias=False))
        layers.append(nn.ReLU())
    return nn.Sequential(ChannelsFirst(), *layers, nn.Conv1d(n, 1, 1), nn.Flatten())
