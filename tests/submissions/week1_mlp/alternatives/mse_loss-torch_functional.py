# exercise: mse_loss
# style: torch's own loss, returned as a 0-d tensor

def mse_loss(y_hat, y):
    prediction = torch.from_numpy(np.array(y_hat, dtype=float))
    target = torch.from_numpy(np.array(y, dtype=float))
    return torch.nn.functional.mse_loss(prediction, target)
