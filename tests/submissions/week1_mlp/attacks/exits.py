# attack: ends its Python by os._exit, SIGKILL and abort, with status 0
# class: harm
# base: stub
# expect: no more points than base
# exercise: mse_loss
import os, signal
def mse_loss(y_hat, y):
    os._exit(0)
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    os.kill(os.getpid(), signal.SIGKILL)
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    os.abort()
