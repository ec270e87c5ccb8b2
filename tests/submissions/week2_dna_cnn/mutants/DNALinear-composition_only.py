# exercise: DNALinear
# mistake: averages over the positions before the linear layer
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.linear = nn.Linear(4, 1)

    def forward(self, x):
        return self.linear(x.mean(dim=1))
