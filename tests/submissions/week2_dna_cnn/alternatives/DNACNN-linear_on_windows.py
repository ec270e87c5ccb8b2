# exercise: DNACNN
# style: the filters are a linear layer that every window passes through

class DNACNN(nn.Module):
    def __init__(self, seq_len: int, num_filters: int = 32, kernel_size: int = 3):
        super().__init__()
        self.width = kernel_size
        self.filters = nn.Linear(4 * kernel_size, num_filters)
        self.out = nn.Linear((seq_len - kernel_size + 1) * num_filters, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        starts = range(x.shape[1] - self.width + 1)
        seen = [self.filters(x[:, i:i + self.width].flatten(1)).relu() for i in starts]
        return self.out(torch.cat(seen, dim=1))
