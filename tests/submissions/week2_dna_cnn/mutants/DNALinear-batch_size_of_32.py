# exercise: DNALinear
# mistake: reshapes to a fixed batch of 32
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.linear = nn.Linear(seq_len * 4, 1)

    def forward(self, x):
        return self.linear(x.reshape(32, self.seq_len * 4))
