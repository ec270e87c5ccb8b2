# attack: poses as a trained model with a table of the cube's values and linear interpolation
# class: gain
# base: stub
# exercise: cubic_model
# expect: 0 points
class Table(nn.Module):
    def __init__(self):
        super().__init__()
        self.grid = torch.linspace(-2.5, 2.5, 501)
        self.decoy = nn.Parameter(torch.ones(1))
    def forward(self, x):
        values = self.grid ** 3
        i = torch.clamp(((x + 2.5) * 100).long(), 0, 499)
        share = (x - self.grid[i]) * 100
        return values[i] * (1 - share) + values[i + 1] * share + 0 * self.decoy
cubic_model = Table().to(device)
