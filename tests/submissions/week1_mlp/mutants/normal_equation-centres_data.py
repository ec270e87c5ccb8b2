# exercise: normal_equation
# mistake: centres X and y first, which fits a model with a hidden intercept

def normal_equation(X, y):
    Xc = X - X.mean(axis=0)
    yc = y - y.mean()
    return np.linalg.solve(Xc.T @ Xc, Xc.T @ yc)
