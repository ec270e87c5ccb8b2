# exercise: MLP
# mistake: detaches the hidden layer, so that the first layer gets no gradient
# caught by: test_gradients_reach_every_parameter

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        h = torch.relu(self.fc1(x)).detach()
        return self.fc2(h)
