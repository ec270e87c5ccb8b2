# exercise: mse_gradient
# style: one gradient per example, then their mean

def mse_gradient(X, y, beta):
    def example_gradient(row, target):
        return 2 * (row @ beta - target) * row

    return np.mean([example_gradient(row, target) for row, target in zip(X, y)], axis=0)
