# attack: returns NaN of the right shape, which compares false with everything
# class: gain
# base: stub
# exercise: predict_linear
# expect: 0 points
def predict_linear(X, beta, bias=0.0):
    return np.full(len(X), np.nan)
# --- exercise: normal_equation
def normal_equation(X, y):
    return np.full(X.shape[1], np.nan)
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    return float("nan")
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.full(X.shape[1], np.nan)
# --- exercise: gradient_descent
def gradient_descent(X, y, lr, n_steps, beta0=None):
    return np.full((n_steps + 1, X.shape[1]), np.nan)
# --- exercise: collapse_linear
def collapse_linear(W1, b1, W2, b2):
    return torch.full((W2.shape[0], W1.shape[1]), float("nan")), torch.full((W2.shape[0],), float("nan"))
# --- exercise: cubic_model
class Nothing(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(1))
    def forward(self, x):
        return x * float("nan") * self.w
cubic_model = Nothing()
