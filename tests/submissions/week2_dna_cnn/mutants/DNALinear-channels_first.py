# exercise: DNALinear
# mistake: expects (n, 4, L)
# caught by: test_shape_and_parameters

class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(4, seq_len))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return torch.einsum("ncl,cl->n", x, self.weight).unsqueeze(1) + self.bias
