# exercise: normal_equation
# mistake: keeps only the diagonal of the inverse
# caught by: test_one_feature_and_unequal_scales

def normal_equation(X, y):
    inv = np.linalg.inv(X.T @ X)
    return np.diag(inv) * (X.T @ y)
