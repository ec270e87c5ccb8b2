# exercise: normal_equation
# mistake: takes the reciprocal of every entry for the inverse of the matrix

def normal_equation(X, y):
    XtX = X.T @ X
    XtX_inv = 1 / XtX
    return XtX_inv @ (X.T @ y)
