# exercise: DNALinear
# mistake: keeps the layer in a list, where the optimizer cannot find it
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.seq_len = seq_len
        self.layers = [nn.Linear(seq_len * 4, 1)]

    def forward(self, x):
        return self.layers[0](x.flatten(1))
