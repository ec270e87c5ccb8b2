# attack: answers with values of gigabytes and of a million elements
# class: harm
# base: stub
# exercise: predict_linear
# expect: no more points than base
# limit: 40
def predict_linear(X, beta, bias=0.0):
    return np.zeros(2**27)
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    return 10 ** (10**6)
# --- exercise: normal_equation
def normal_equation(X, y):
    return ["x" * 1000] * 10**6
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.broadcast_to(np.zeros(1), (2**31,))
