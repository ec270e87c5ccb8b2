# exercise: held_out_accuracy
# mistake: a single filter without any ReLU
# caught by: test_beyond_one_convolution

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 1, 19, padding=9)

    def forward(self, x):
        return self.conv(x.permute(0, 2, 1))[:, 0]


torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.01)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 4)
