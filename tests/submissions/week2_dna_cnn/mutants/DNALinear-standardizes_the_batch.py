# exercise: DNALinear
# mistake: subtracts the batch's mean, so that a prediction depends on its neighbors
# caught by: test_linear_in_each_example

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.linear = nn.Linear(seq_len * 4, 1)

    def forward(self, x):
        return self.linear((x - x.mean(dim=0)).flatten(1))
