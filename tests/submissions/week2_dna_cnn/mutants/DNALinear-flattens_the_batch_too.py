# exercise: DNALinear
# mistake: flattens everything, the batch included
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.linear = nn.Linear(seq_len * 4, 1)

    def forward(self, x):
        return self.linear(x.flatten())
