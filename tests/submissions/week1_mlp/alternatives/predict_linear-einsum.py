# exercise: predict_linear
# style: einsum, with type hints

def predict_linear(X: np.ndarray, beta: np.ndarray, bias: float = 0.0) -> np.ndarray:
    """One prediction for every row of X."""
    return np.einsum("ij,j->i", X, beta) + bias
