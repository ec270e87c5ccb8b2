# exercise: DNALinear
# style: a convolution as wide as the sequence
class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.conv = nn.Conv1d(4, 1, seq_len)

    def forward(self, x):
        return self.conv(x.transpose(1, 2)).flatten(1)
