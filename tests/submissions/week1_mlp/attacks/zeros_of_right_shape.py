# attack: returns zeros of the right shape and type everywhere
# class: gain
# base: stub
# exercise: predict_linear
# expect: 0 points
# fast: yes
def predict_linear(X, beta, bias=0.0):
    return np.zeros(len(X))
# --- exercise: normal_equation
def normal_equation(X, y):
    return np.zeros(X.shape[1])
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    return 0.0
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.zeros(X.shape[1])
# --- exercise: gradient_descent
def gradient_descent(X, y, lr, n_steps, beta0=None):
    return np.zeros((n_steps + 1, X.shape[1]))
# --- exercise: collapse_linear
def collapse_linear(W1, b1, W2, b2):
    return torch.zeros(W2.shape[0], W1.shape[1]), torch.zeros(W2.shape[0])
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    return 0
# --- exercise: MLP
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(1))
        self.o = output_dim
    def forward(self, x):
        return torch.zeros(*x.shape[:-1], self.o) + 0 * self.unused
# --- exercise: train
def train(model, x, y, loss_fn, optimizer, n_epochs):
    return [0.0] * n_epochs
# --- exercise: cubic_model
cubic_model = nn.Linear(1, 1)
# --- exercise: DeepMLP
class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(1))
        self.o = output_dim
    def forward(self, x):
        return torch.zeros(*x.shape[:-1], self.o) + 0 * self.unused
