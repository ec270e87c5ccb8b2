# exercise: cnn_model
# mistake: forgets the ReLU, so that the network is a linear model
# caught by: test_accuracy

torch.manual_seed(0)


class FlatCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 32, 3)
        self.linear = nn.Linear(32 * 6, 1)

    def forward(self, x):
        return self.linear(self.conv(x.permute(0, 2, 1)).flatten(1))


cnn_model = FlatCNN().to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.005)
train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 12)
