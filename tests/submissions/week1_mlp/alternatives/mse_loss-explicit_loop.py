# exercise: mse_loss
# style: a loop in Python floats

def mse_loss(y_hat, y):
    total = 0.0
    for prediction, target in zip(y_hat, y):
        total += float(prediction - target) ** 2
    return total / len(y)
