# exercise: normal_equation
# style: QR decomposition and back substitution by hand

def normal_equation(X, y):
    Q, R = np.linalg.qr(X)
    rhs = Q.T @ y
    p = len(rhs)
    beta = np.zeros(p)
    for j in reversed(range(p)):
        beta[j] = (rhs[j] - R[j, j + 1:] @ beta[j + 1:]) / R[j, j]
    return beta
