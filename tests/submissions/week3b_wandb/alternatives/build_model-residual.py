# exercise: build_model
# style: a ModuleList with residual blocks and layer weights set by Kaiming's rule

class Residual(nn.Module):
    def __init__(self, num_filters, kernel_size, depth=2):
        super().__init__()
        self.stem = nn.Conv1d(4, num_filters, kernel_size, padding="same")
        self.blocks = nn.ModuleList(
            [nn.Conv1d(num_filters, num_filters, kernel_size, padding="same") for _ in range(depth)]
        )
        self.head = nn.Conv1d(num_filters, 1, kernel_size, padding="same")
        for layer in [self.stem, *self.blocks]:
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        h = self.stem(x.mT).relu()
        for block in self.blocks:
            h = h + 0.5 * block(h).relu()
        return self.head(h)[:, 0]


def build_model(config):
    return Residual(**{name: config[name] for name in ("num_filters", "kernel_size")})
