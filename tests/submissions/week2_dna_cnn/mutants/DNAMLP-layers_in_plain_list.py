# exercise: DNAMLP
# mistake: keeps its layers in a list, where the optimizer cannot find them
# caught by: test_shape_and_parameters

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.layers = [nn.Linear(seq_len * 4, hidden_dim), nn.Linear(hidden_dim, 1)]

    def forward(self, x):
        return self.layers[1](torch.relu(self.layers[0](x.flatten(1))))
