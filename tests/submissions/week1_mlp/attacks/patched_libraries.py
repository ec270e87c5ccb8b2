# attack: patches the comparisons of NumPy, PyTorch, math and builtins so that all are true
# class: gain
# base: stub
# expect: 0 points
# fast: yes
import builtins, math, operator
yes = lambda *a, **k: True
np.allclose = np.isclose = np.array_equal = torch.allclose = torch.equal = math.isclose = yes
np.testing.assert_allclose = np.testing.assert_array_equal = torch.testing.assert_close = lambda *a, **k: None
torch.Tensor.__eq__ = lambda self, other: torch.ones(self.shape, dtype=torch.bool)
torch.Tensor.equal = torch.Tensor.allclose = yes
builtins.abs = lambda x: 0.0
builtins.all = builtins.any = builtins.isinstance_ = yes
operator.eq = yes
# --- exercise: mse_loss
def mse_loss(y_hat, y):
    return 12345.0
# --- exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    return np.zeros(len(X))
# --- exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    return 1
