# attack: returns random numbers of the right shape and type everywhere
# class: gain
# base: stub
# exercise: predict_linear
# expect: 0 points
def predict_linear(X, beta, bias=0.0):
    return np.random.randn(len(X))
# --- exercise: normal_equation
def normal_equation(X, y):
    return np.random.randn(X.shape[1])
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    return float(np.random.rand())
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.random.randn(X.shape[1])
# --- exercise: gradient_descent
def gradient_descent(X, y, lr, n_steps, beta0=None):
    return np.random.randn(n_steps + 1, X.shape[1])
# --- exercise: collapse_linear
def collapse_linear(W1, b1, W2, b2):
    return torch.randn(W2.shape[0], W1.shape[1]), torch.randn(W2.shape[0])
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    return int(np.random.randint(1, 100))
# --- exercise: train
def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    return sorted(np.random.rand(n_epochs).tolist(), reverse=True)
