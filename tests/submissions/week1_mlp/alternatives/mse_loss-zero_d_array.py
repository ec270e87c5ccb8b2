# exercise: mse_loss
# style: a 0-d array from np.average, with type hints

def mse_loss(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.array(np.average(np.square(y - y_hat)))
