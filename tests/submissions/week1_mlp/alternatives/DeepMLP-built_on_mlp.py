# exercise: DeepMLP
# style: an MLP for a single hidden layer, and a chain of layers otherwise

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        if len(hidden_dims) == 1:
            self.net = MLP(input_dim, hidden_dims[0], output_dim)
        else:
            sizes = [input_dim, *hidden_dims, output_dim]
            chain = []
            for i in range(len(sizes) - 1):
                if i > 0:
                    chain.append(nn.ReLU())
                chain.append(nn.Linear(sizes[i], sizes[i + 1]))
            self.net = nn.Sequential(*chain)

    def forward(self, x):
        return self.net(x)
