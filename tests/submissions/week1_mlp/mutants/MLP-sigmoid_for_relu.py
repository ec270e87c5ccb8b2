# exercise: MLP
# mistake: uses a sigmoid between the layers instead of ReLU
# caught by: test_computes_two_layers_with_relu_between

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        return self.fc2(torch.sigmoid(self.fc1(x)))
