# exercise: MLP
# style: a layer class of one's own, weights stored as (inputs, outputs)

class Dense(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        bound = n_in**-0.5
        self.weight = nn.Parameter(torch.empty(n_in, n_out).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(n_out).uniform_(-bound, bound))

    def forward(self, x):
        return x @ self.weight + self.bias


class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.layer1, self.layer2 = Dense(input_dim, hidden_dim), Dense(hidden_dim, output_dim)

    def forward(self, x):
        z = self.layer1(x)
        return self.layer2(torch.where(z > 0, z, torch.zeros_like(z)))
