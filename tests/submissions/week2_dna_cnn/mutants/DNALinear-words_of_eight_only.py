# exercise: DNALinear
# mistake: has the length 8 written into it
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.linear = nn.Linear(32, 1)

    def forward(self, x):
        return self.linear(x.flatten(1))
