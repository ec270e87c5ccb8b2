# exercise: build_model
# style: nn.Sequential around two small modules that swap the axes

class Transpose(nn.Module):
    def forward(self, x):
        return x.permute(0, 2, 1)


def build_model(config):
    f = config["num_filters"]
    k = config["kernel_size"]
    return nn.Sequential(
        Transpose(),
        nn.Conv1d(4, f, k, padding="same"),
        nn.ReLU(),
        nn.Conv1d(f, f, k, padding="same"),
        nn.ReLU(),
        nn.Conv1d(f, f, k, padding="same"),
        nn.ReLU(),
        nn.Conv1d(f, 1, 1),
        nn.Flatten(1),
    )
