# exercise: MLP
# mistake: applies the ReLU to the input instead of the hidden layer
# caught by: test_computes_two_layers_with_relu_between

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.fc2(self.fc1(self.relu(x)))
