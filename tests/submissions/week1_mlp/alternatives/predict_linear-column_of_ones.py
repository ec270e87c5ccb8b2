# exercise: predict_linear
# style: appends a column of ones and puts the bias into the coefficients

def predict_linear(X, beta, bias=0.0):
    ones = np.ones((X.shape[0], 1), dtype=X.dtype)
    design = np.hstack([X, ones])
    coefficients = np.append(beta, bias)
    return design.dot(coefficients)
