# attack: lets every cell and every hidden test's call take nearly all the time it has
# class: harm
# base: stub
# exercise: mse_loss
# expect: no more points than base
# limit: 40
import time
def mse_loss(y_hat, y):
    time.sleep(4.5)
    return 0.0
# --- exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    time.sleep(4.5)
    return np.zeros(len(X))
# --- exercise: normal_equation
def normal_equation(X, y):
    time.sleep(4.5)
    return np.zeros(X.shape[1])
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    time.sleep(4.5)
    return np.zeros(X.shape[1])
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    time.sleep(4.5)
    return 1
