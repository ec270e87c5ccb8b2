# exercise: DNACNN
# style: flattens with the places first, then the filters
class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.n_places = seq_len - kernel_size + 1
        self.scan = nn.Conv1d(4, num_filters, kernel_size, stride=1, padding=0, bias=True)
        self.head = nn.Linear(self.n_places * num_filters, 1)

    def forward(self, x):
        found = self.scan(x.mT).relu().mT  # (n, places, filters)
        return self.head(found.reshape(len(x), -1))
