# exercise: mse_loss
# mistake: computes the residual in place of y
# caught by: test_other_lengths
def mse_loss(y_hat, y):
    y -= y_hat
    return np.mean(y**2)
