# exercise: build_model
# mistake: keeps the convolutions in a plain list, so they are not parameters of the module
# caught by: test_obeys_num_filters

class ListCNN(nn.Module):
    def __init__(self, num_filters, kernel_size):
        super().__init__()
        self.convs = [
            nn.Conv1d(4, num_filters, kernel_size, padding="same"),
            nn.Conv1d(num_filters, num_filters, kernel_size, padding="same"),
        ]
        self.out = nn.Conv1d(num_filters, 1, 1)

    def forward(self, x):
        x = x.transpose(1, 2)
        for conv in self.convs:
            x = torch.relu(conv(x))
        return self.out(x).squeeze(1)


def build_model(config):
    return ListCNN(config["num_filters"], config["kernel_size"])
