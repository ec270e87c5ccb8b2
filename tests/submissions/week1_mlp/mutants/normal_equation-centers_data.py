# exercise: normal_equation
# mistake: centers X and y first, which fits a model with a hidden intercept
# caught by: test_worked_case

def normal_equation(X, y):
    Xc = X - X.mean(axis=0)
    yc = y - y.mean()
    return np.linalg.solve(Xc.T @ Xc, Xc.T @ yc)
