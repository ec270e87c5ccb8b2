# exercise: normal_equation
# mistake: fits every feature alone, right only for orthogonal columns
# caught by: test_worked_case

def normal_equation(X, y):
    beta = np.zeros(X.shape[1])
    for j in range(X.shape[1]):
        beta[j] = X[:, j] @ y / (X[:, j] @ X[:, j])
    return beta
