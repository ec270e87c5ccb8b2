# exercise: TFBindingCNN
# style: one set of own filters for both strands, applied with unfold and einsum

class TFBindingCNN(nn.Module):
    def __init__(self, filters=12, width=15):
        super().__init__()
        self.width = width
        self.w = nn.Parameter(torch.randn(filters, width, 4) / (4 * width) ** 0.5)
        self.b = nn.Parameter(torch.zeros(2 * filters))
        self.mix = nn.Conv1d(2 * filters, 12, 15, padding=7)
        self.out = nn.Linear(12, 1)

    def forward(self, x):
        side = self.width // 2
        windows = nn.functional.pad(x, (0, 0, side, side)).unfold(1, self.width, 1)
        w = torch.cat([self.w, self.w.flip(1, 2)])
        h = torch.relu(torch.einsum("nlbk,fkb->nlf", windows, w) + self.b)
        h = torch.relu(self.mix(h.transpose(1, 2))).transpose(1, 2)
        return self.out(h).squeeze(-1)
