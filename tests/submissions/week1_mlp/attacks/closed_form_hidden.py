# attack: computes the cube as a difference of products, with a decoy whose weights matter a little
# class: gain
# base: stub
# exercise: cubic_model
# expect: 0 points
class Cube(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoy = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
    def forward(self, x):
        cube = torch.exp(3 * torch.log(x.abs() + 1e-12)) * torch.sign(x)
        return cube + 1e-4 * self.decoy(x)
cubic_model = Cube().to(device)
