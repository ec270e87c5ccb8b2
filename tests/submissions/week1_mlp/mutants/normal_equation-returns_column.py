# exercise: normal_equation
# mistake: returns a column (p, 1) instead of (p,)
# caught by: test_worked_case

def normal_equation(X, y):
    y = y.reshape(-1, 1)
    return np.linalg.inv(X.T @ X) @ (X.T @ y)
