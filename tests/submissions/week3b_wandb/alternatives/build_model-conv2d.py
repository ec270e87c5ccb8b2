# exercise: build_model
# style: two-dimensional convolutions, the first as high as the four bases

class Conv2dNet(nn.Module):
    def __init__(self, filters, width):
        super().__init__()
        self.before = (width - 1) // 2
        self.after = width - 1 - self.before
        self.a = nn.Conv2d(1, filters, (width, 4))
        self.b = nn.Conv2d(filters, filters, (width, 1))
        self.c = nn.Conv2d(filters, 1, (1, 1))

    def forward(self, x):
        pad = nn.ZeroPad2d((0, 0, self.before, self.after))
        x = x.unsqueeze(1)
        x = torch.relu(self.a(pad(x)))
        x = torch.relu(self.b(pad(x)))
        return self.c(x).squeeze(3).squeeze(1)


build_model = lambda config: Conv2dNet(config["num_filters"], config["kernel_size"])
