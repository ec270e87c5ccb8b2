# exercise: TFBindingCNN
# style: residual blocks with growing dilation

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv1d(4, 16, 11, padding="same")
        self.blocks = nn.ModuleList(
            [nn.Conv1d(16, 16, 5, padding="same", dilation=d) for d in (1, 2, 4)]
        )
        self.head = nn.Conv1d(16, 1, 1)

    def forward(self, x):
        h = self.stem(x.transpose(1, 2)).relu()
        for block in self.blocks:
            h = h + block(h).relu()
        return self.head(h).squeeze(1)
