# exercise: DNALinear
# mistake: has a hidden layer with ReLU
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.linear = nn.Sequential(nn.Linear(seq_len * 4, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, x):
        return self.linear(x.flatten(1))
