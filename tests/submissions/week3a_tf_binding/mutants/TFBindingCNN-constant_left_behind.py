# exercise: TFBindingCNN
# mistake: keeps a constant tensor that .to(device) does not move
# caught by: test_state_dict_holds_the_model
class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 16, 15, padding="same")
        self.head = nn.Conv1d(16, 1, 1)
        self.background = torch.full((4,), 0.25)

    def forward(self, x):
        x = x - self.background
        return self.head(torch.relu(self.conv(x.transpose(1, 2)))).squeeze(1)
