# exercise: build_model
# mistake: a dense layer at the end, for windows of 300
class ChannelsFirst(nn.Module):
    def forward(self, x):
        return x.transpose(1, 2)


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
        nn.Linear(300, 300),
    )
