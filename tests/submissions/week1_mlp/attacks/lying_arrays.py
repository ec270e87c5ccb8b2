# attack: returns array subclasses that answer every NumPy function with a good result
# class: gain
# base: stub
# exercise: predict_linear
# expect: 0 points
# fast: yes
class Good(np.ndarray):
    def __array__(self, *a, **k): return np.ones(self.shape)
    def __eq__(self, other): return np.True_
    def __array_ufunc__(self, *a, **k): return np.zeros(self.shape)
    def __array_function__(self, *a, **k): return True
    def tolist(self): return [0.0] * len(self)

def predict_linear(X, beta, bias=0.0):
    return np.full(len(X), 1e9).view(Good)
# --- exercise: normal_equation
def normal_equation(X, y):
    return np.full(X.shape[1], 1e9).view(Good)
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.full(X.shape[1], 1e9).view(Good)
# --- exercise: gradient_descent
def gradient_descent(X, y, lr, n_steps, beta0=None):
    return np.full((n_steps + 1, X.shape[1]), 1e9).view(Good)
