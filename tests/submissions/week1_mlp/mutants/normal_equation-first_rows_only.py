# exercise: normal_equation
# mistake: makes the system square by keeping the first p examples only
# caught by: test_one_feature_and_unequal_scales

def normal_equation(X, y):
    p = X.shape[1]
    return np.linalg.solve(X[:p], y[:p])
