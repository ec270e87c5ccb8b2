# exercise: build_model
# mistake: sets a seed, so that all models start alike
class ChannelsFirst(nn.Module):
    def forward(self, x):
        return x.transpose(1, 2)


def build_model(config):
    n, width = config["num_filters"], config["kernel_size"]
    torch.manual_seed(seed)
    return nn.Sequential(
        ChannelsFirst(),
        nn.Conv1d(4, n, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(n, n, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(n, 1, 1),
        nn.Flatten(),
    )
