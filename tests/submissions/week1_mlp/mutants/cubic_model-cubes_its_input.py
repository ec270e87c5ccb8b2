# exercise: cubic_model
# mistake: x**3 is built into the inputs
# caught by: test_accuracy

class CubeFeature(nn.Module):
    def __init__(self):
        super().__init__()
        self.line = nn.Linear(3, 1)

    def forward(self, x):
        return self.line(torch.cat([x, x**2, x**3], dim=1))


torch.manual_seed(seed)
cubic_model = CubeFeature().to(device)
train(cubic_model, x_train, y_train, nn.MSELoss(),
      torch.optim.Adam(cubic_model.parameters(), lr=0.05), epochs)
