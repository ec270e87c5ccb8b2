# exercise: TFBindingCNN
# style: a small U-net with one step down and one step up

class TFBindingCNN(nn.Module):
    def __init__(self, width: int = 12):
        super().__init__()
        self.down1 = nn.Conv1d(4, width, 15, padding=7)
        self.down2 = nn.Conv1d(width, 2 * width, 7, padding=3)
        self.up = nn.ConvTranspose1d(2 * width, width, 2, stride=2)
        self.join = nn.Conv1d(2 * width, width, 15, padding=7)
        self.out = nn.Conv1d(width, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        fine = torch.relu(self.down1(x.mT))
        coarse = torch.relu(self.down2(nn.functional.max_pool1d(fine, 2)))
        both = torch.cat([fine, self.up(coarse)], dim=1)
        return self.out(torch.relu(self.join(both)))[:, 0, :]
