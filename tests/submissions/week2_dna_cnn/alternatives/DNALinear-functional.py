# exercise: DNALinear
# style: reshape and the functional form of the layer

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        inside = nn.Linear(seq_len * 4, 1)
        self.w, self.b = inside.weight, inside.bias

    def forward(self, x):
        n, L, bases = x.shape
        return nn.functional.linear(x.reshape(n, L * bases), self.w, self.b)
