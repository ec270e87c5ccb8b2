# exercise: normal_equation
# style: pseudo-inverse

def normal_equation(X, y):
    return np.dot(np.linalg.pinv(X), y)
