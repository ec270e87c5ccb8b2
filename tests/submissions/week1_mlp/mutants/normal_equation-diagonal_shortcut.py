# exercise: normal_equation
# mistake: keeps only the diagonal of the inverse

def normal_equation(X, y):
    inv = np.linalg.inv(X.T @ X)
    return np.diag(inv) * (X.T @ y)
