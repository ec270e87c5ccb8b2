# exercise: build_model
# style: LazyConv1d, made concrete by a dry run

def build_model(config):
    def block():
        return [nn.LazyConv1d(config["num_filters"], config["kernel_size"], padding="same"),
                nn.ReLU()]

    model = nn.Sequential(ChannelsFirst(), *block(), *block(), nn.LazyConv1d(1, 1), nn.Flatten())
    with torch.no_grad():
        model(torch.zeros(1, 50, 4))  # fixes the numbers of input channels
    return model
