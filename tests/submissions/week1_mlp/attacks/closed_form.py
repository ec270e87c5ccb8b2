# attack: computes the cube and calls it a trained model, with parameters that do nothing
# class: gain
# base: stub
# exercise: cubic_model
# expect: 0 points
# fast: yes
class Cube(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoy = nn.Sequential(nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 1))
    def forward(self, x):
        return x ** 3 + 0 * self.decoy(x)
cubic_model = Cube().to(device)
