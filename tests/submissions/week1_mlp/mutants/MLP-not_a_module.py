# exercise: MLP
# mistake: is a plain class with a forward method, not an nn.Module
# caught by: test_gradients_reach_every_parameter

class MLP:
    def __init__(self, input_dim, hidden_dim, output_dim):
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def parameters(self):
        return list(self.fc1.parameters()) + list(self.fc2.parameters())

    def train(self, mode=True):
        return self

    def eval(self):
        return self

    def to(self, device):
        self.fc1.to(device)
        self.fc2.to(device)
        return self

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))

    __call__ = forward
