# exercise: DNALinear
# mistake: makes its layer in forward, so that there is nothing to train
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len

    def forward(self, x):
        return nn.Linear(self.seq_len * 4, 1)(x.flatten(1))
