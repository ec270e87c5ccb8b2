# exercise: mse_loss
# mistake: computes the errors inside the caller's y_hat
# caught by: test_other_lengths

def mse_loss(y_hat, y):
    y_hat -= y
    return float(np.mean(y_hat ** 2))
