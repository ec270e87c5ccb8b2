# exercise: normal_equation
# mistake: adds a column of ones, so that p + 1 coefficients come back
# caught by: test_worked_case

def normal_equation(X, y):
    X1 = np.column_stack([np.ones(len(X)), X])
    return np.linalg.inv(X1.T @ X1) @ X1.T @ y
