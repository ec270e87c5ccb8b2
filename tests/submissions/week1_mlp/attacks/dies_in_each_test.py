# attack: ends its Python in each hidden test, so that the slow notebook runs again and again
# class: harm
# base: stub
# exercise: mse_loss
# expect: no more points than base
# limit: 40
import os, time
time.sleep(4)
def mse_loss(y_hat, y):
    os._exit(1)
predict = os._exit
# --- exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    os._exit(1)
# --- exercise: normal_equation
def normal_equation(X, y):
    os._exit(1)
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    os._exit(1)
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    os._exit(1)
