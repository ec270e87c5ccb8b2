# attack: gives models the right number of parameters, of which the output uses none
# class: gain
# base: stub
# exercise: MLP
# expect: 0 points
# fast: yes
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)
        self.o = output_dim
    def forward(self, x):
        unused = sum(p.sum() for p in self.parameters()) * 0
        return x.sum(-1, keepdim=True).expand(*x.shape[:-1], self.o) + unused
# --- exercise: DeepMLP
class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim, *hidden_dims, output_dim]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.o = output_dim
    def forward(self, x):
        unused = sum(p.sum() for p in self.parameters()) * 0
        return x.sum(-1, keepdim=True).expand(*x.shape[:-1], self.o) + unused
