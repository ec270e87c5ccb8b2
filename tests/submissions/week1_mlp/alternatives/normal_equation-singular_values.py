# exercise: normal_equation
# style: singular value decomposition

def normal_equation(X, y):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    return Vt.T @ ((U.T @ y) / s)
