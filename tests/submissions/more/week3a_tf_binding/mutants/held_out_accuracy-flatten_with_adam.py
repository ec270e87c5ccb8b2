# exercise: held_out_accuracy
# mistake: one convolution, then flatten and a linear layer to 300, with Adam
# caught by: test_beyond_one_convolution

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 16, 15)
        self.linear = nn.Linear(16 * 286, 300)

    def forward(self, x):
        return self.linear(torch.relu(self.conv(x.permute(0, 2, 1))).flatten(1))


torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.003)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 8)
