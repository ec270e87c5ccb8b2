# exercise: cubic_model
# mistake: scales the input by the largest |x| of whatever batch comes in, right only if the batch reaches 2
# caught by: test_form
# Exercise: cubic_model (4 points)
# Train a model on x_train, y_train with your train function, and call it cubic_model.
# It must be an nn.Module on device that maps float32 (n, 1) to (n, 1). You may use epochs.
# It has to learn from the data: do not build x**3 into the model or its inputs.
torch.manual_seed(seed)
class ScaledMLP(nn.Module):
    def __init__(self, hidden_dim):
        super().__init__()
        self.mlp = MLP(1, hidden_dim, 1)

    def forward(self, x):
        return self.mlp(x / x.abs().max())  # inputs between -1 and 1 train better


cubic_model = ScaledMLP(100).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.02)
cubic_losses = train(cubic_model, x_train, y_train, nn.MSELoss(), optimizer, epochs)
