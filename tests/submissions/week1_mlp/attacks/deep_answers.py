# attack: answers with lists and dicts nested a hundred thousand deep, and with loops in them
# class: harm
# base: stub
# exercise: predict_linear
# expect: 0 points
# fast: yes
def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value

def predict_linear(X, beta, bias=0.0):
    return nested(100_000)
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    loop = {}
    loop["x"] = loop
    return loop
# --- exercise: normal_equation
def normal_equation(X, y):
    value = {}
    for _ in range(50_000):
        value = {"k": value}
    return value
