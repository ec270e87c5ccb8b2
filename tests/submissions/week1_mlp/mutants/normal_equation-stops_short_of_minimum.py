# exercise: normal_equation
# mistake: approaches the minimum by a fixed number of small steps instead of solving for it
# caught by: test_worked_case

def normal_equation(X, y):
    n, p = X.shape
    beta = np.zeros(p)
    for _ in range(200):
        beta = beta - 0.01 * 2 / n * X.T @ (X @ beta - y)
    return beta
