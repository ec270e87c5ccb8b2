# exercise: DNACNN
# style: its own parameters on unfolded windows, without nn.Conv1d

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.k = kernel_size
        scale = (4 * kernel_size) ** -0.5
        self.filters = nn.Parameter(torch.randn(num_filters, 4, kernel_size) * scale)
        self.shift = nn.Parameter(torch.zeros(num_filters))
        self.head = nn.Parameter(torch.randn(seq_len - kernel_size + 1, num_filters) * 0.05)
        self.offset = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        windows = x.unfold(1, self.k, 1)
        h = torch.einsum("npbk,fbk->npf", windows, self.filters) + self.shift
        return torch.einsum("npf,pf->n", h.relu(), self.head).unsqueeze(1) + self.offset
