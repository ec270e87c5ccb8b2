# exercise: MLP
# mistake: holds the weights as plain tensors, which the optimizer never sees
# caught by: test_number_of_parameters

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.W1 = (torch.randn(hidden_dim, input_dim) / input_dim ** 0.5).requires_grad_()
        self.b1 = torch.zeros(hidden_dim, requires_grad=True)
        self.W2 = (torch.randn(output_dim, hidden_dim) / hidden_dim ** 0.5).requires_grad_()
        self.b2 = torch.zeros(output_dim, requires_grad=True)

    def forward(self, x):
        h = torch.relu(x @ self.W1.T + self.b1)
        return h @ self.W2.T + self.b2
