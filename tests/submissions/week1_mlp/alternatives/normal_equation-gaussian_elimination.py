# exercise: normal_equation
# style: a helper inside the cell that eliminates with pivots

def solve_by_elimination(A, b):
    M = np.column_stack([A, b]).astype(float)
    size = len(b)
    for i in range(size):
        pivot = i + np.argmax(np.abs(M[i:, i]))
        M[[i, pivot]] = M[[pivot, i]]
        M[i] /= M[i, i]
        for k in range(size):
            if k != i:
                M[k] -= M[k, i] * M[i]
    return M[:, -1]


def normal_equation(X, y):
    return solve_by_elimination(X.T @ X, X.T @ y)
