# exercise: DNAMLP
# style: hidden layer as a convolution of full width, torch.maximum for ReLU
class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.hidden = nn.Conv1d(4, hidden_dim, kernel_size=seq_len)
        self.head = nn.Linear(hidden_dim, 1)

    def forward(self, x):
        h = self.hidden(x.permute(0, 2, 1)).squeeze(2)
        return self.head(torch.maximum(h, torch.zeros_like(h)))
