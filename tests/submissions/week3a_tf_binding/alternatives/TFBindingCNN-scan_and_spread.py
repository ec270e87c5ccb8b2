# exercise: TFBindingCNN
# style: scans with wide filters, and a transposed convolution spreads each hit over its site

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.scan = nn.Conv1d(4, 24, 21, padding=20)
        self.norm = nn.BatchNorm1d(24)
        self.drop = nn.Dropout(0.05)
        self.spread = nn.ConvTranspose1d(24, 1, 21, padding=20)

    def forward(self, x):
        hits = torch.relu(self.norm(self.scan(x.permute(0, 2, 1))))
        return torch.flatten(self.spread(self.drop(hits)), 1)
