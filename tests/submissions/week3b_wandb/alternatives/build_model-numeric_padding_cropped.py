# exercise: build_model
# style: padding=kernel_size//2 and a crop to the input's length; torch.relu

def build_model(config):
    k = config["kernel_size"]
    n = config["num_filters"]

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.convs = nn.ModuleList([
                nn.Conv1d(4, n, k, padding=k // 2),
                nn.Conv1d(n, n, k, padding=k // 2),
            ])
            self.head = nn.Conv1d(n, 1, 1)

        def forward(self, x):
            length = x.shape[1]
            x = torch.movedim(x, 2, 1)
            for conv in self.convs:
                x = torch.relu(conv(x)[:, :, :length])
            return self.head(x)[:, 0, :]

    return Net()
