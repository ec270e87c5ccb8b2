# exercise: normal_equation
# mistake: takes the reciprocal of every entry for the inverse of the matrix
# caught by: test_worked_case

def normal_equation(X, y):
    XtX = X.T @ X
    XtX_inv = 1 / XtX
    return XtX_inv @ (X.T @ y)
