# exercise: normal_equation
# mistake: scales y in place, and back again in the result only
# caught by: test_noisy_data
def normal_equation(X, y):
    scale = np.abs(y).max() or 1.0
    y /= scale
    return scale * np.linalg.solve(X.T @ X, X.T @ y)
