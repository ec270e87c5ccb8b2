# exercise: MLP
# style: layers in an nn.ModuleList, ReLU as a maximum

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super(MLP, self).__init__()
        sizes = [input_dim, hidden_dim, output_dim]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        first, second = self.layers
        h = first(x)
        h = torch.maximum(h, torch.zeros((), dtype=h.dtype, device=h.device))
        return second(h)
