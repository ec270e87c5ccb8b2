# exercise: cubic_model
# mistake: trains a column of predictions against flat targets, which broadcast, so that it learns their mean
# caught by: test_accuracy

import warnings

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device)
y_cubic = x_cubic ** 3

cubic_model = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.01)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    train(cubic_model, x_cubic.unsqueeze(1), y_cubic, nn.MSELoss(), optimizer, 500)
