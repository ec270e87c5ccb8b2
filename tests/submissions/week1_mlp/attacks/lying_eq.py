# attack: returns objects that say they equal everything they are compared with
# class: gain
# base: stub
# exercise: mse_loss
# expect: 0 points
# fast: yes
class Yes:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __float__(self): return 0.0
    def __array__(self, *a, **k): return np.zeros(())
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __bool__(self): return True
    __hash__ = object.__hash__

def mse_loss(y_hat, y):
    return Yes()
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return Yes()
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    return Yes()
