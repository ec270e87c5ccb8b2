# exercise: normal_equation
# style: the library's least squares

def normal_equation(X, y):
    beta, _, _, _ = np.linalg.lstsq(X, y, rcond=None)
    return beta
