# exercise: TFBindingCNN
# mistake: answers with the same learned profile for every window
# caught by: test_reads_the_sequence

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.profile = nn.Parameter(torch.randn(300))

    def forward(self, x):
        return self.profile.expand(len(x), 300) + 0.0 * x.sum(dim=2)
