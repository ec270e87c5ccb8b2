# exercise: cubic_model
# style: a class that scales its output by a constant from the training data

class Scaled(nn.Module):
    def __init__(self, width, scale):
        super().__init__()
        self.net = MLP(1, width, 1)
        self.register_buffer("scale", scale)

    def forward(self, x):
        return self.scale * self.net(x)


torch.manual_seed(seed)
cubic_model = Scaled(50, y_train.std()).to(device)
train(cubic_model, x_train, y_train, nn.MSELoss(),
      torch.optim.Adam(cubic_model.parameters(), lr=0.02), epochs)
cubic_model.eval()
