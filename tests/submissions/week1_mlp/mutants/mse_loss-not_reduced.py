# exercise: mse_loss
# mistake: returns one squared error per example
# caught by: test_worked_case

def mse_loss(y_hat, y):
    return (y_hat - y) ** 2
