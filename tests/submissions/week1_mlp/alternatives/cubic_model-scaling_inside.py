# exercise: cubic_model
# style: own module that scales input and output inside

class ScaledNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.register_buffer("x_scale", torch.tensor(2.0))
        self.register_buffer("y_scale", torch.tensor(8.0))
        self.hidden = nn.Linear(1, width)
        self.out = nn.Linear(width, 1)

    def forward(self, x):
        return self.y_scale * self.out(torch.relu(self.hidden(x / self.x_scale)))


torch.manual_seed(5)
grid = torch.arange(-2, 2.001, 0.02, device=device).reshape(-1, 1)
cubic_model = ScaledNet(80).to(device)
train(cubic_model, grid, grid ** 3, nn.SmoothL1Loss(), torch.optim.AdamW(cubic_model.parameters(), lr=0.02), 800)
