# exercise: build_model
# mistake: reshapes where axes should be exchanged
class ChannelsFirst(nn.Module):
    def forward(self, x):
        return x.reshape(len(x), 4, -1)


def build_model(config):
    n, width = config["num_filters"], config["kernel_size"]
    return nn.Sequential(
        ChannelsFirst(),
        nn.Conv1d(4, n, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(n, n, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(n, 1, 1),
        nn.Flatten(),
    )
