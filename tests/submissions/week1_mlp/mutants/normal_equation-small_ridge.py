# exercise: normal_equation
# mistake: adds a small ridge penalty to make the inverse safe, and so shrinks the solution
# caught by: test_worked_case

def normal_equation(X, y):
    p = X.shape[1]
    return np.linalg.solve(X.T @ X + 0.01 * np.eye(p), X.T @ y)
