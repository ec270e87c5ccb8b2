# attack: returns objects that claim to be a float, an array or a tensor through __class__
# class: gain
# base: stub
# exercise: mse_loss
# expect: 0 points
class Claims:
    __class__ = float
    dtype, shape, ndim = np.dtype("float64"), (), 0
    def __float__(self): return 1.0
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def item(self): return 1.0
    def numpy(self): return np.zeros(())

def mse_loss(y_hat, y):
    return Claims()
# --- exercise: predict_linear
class Tensor:
    __class__ = torch.Tensor
    dtype, layout, is_meta, requires_grad = torch.float64, torch.strided, False, False
    def __init__(self, n): self.shape = torch.Size([n])
    def detach(self): return self
    def cpu(self): return self
    def numpy(self): return np.zeros(self.shape[0])
    def __eq__(self, other): return True

def predict_linear(X, beta, bias=0.0):
    return Tensor(len(X))
