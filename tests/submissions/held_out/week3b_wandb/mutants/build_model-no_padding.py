# exercise: build_model
# mistake: no padding, so the output is shorter than the window
class ChannelsFirst(nn.Module):
    def forward(self, x):
        return x.transpose(1, 2)


def build_model(config):
    n, width = config["num_filters"], config["kernel_size"]
    return nn.Sequential(
        ChannelsFirst(),
        nn.Conv1d(4, n, width, bias=True),
        nn.ReLU(),
        nn.Conv1d(n, n, width, bias=True),
        nn.ReLU(),
        nn.Conv1d(n, 1, 1),
        nn.Flatten(),
    )
