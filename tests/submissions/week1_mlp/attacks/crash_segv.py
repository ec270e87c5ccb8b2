# attack: crashes the kernel with SIGSEGV in the notebook and in every hidden test
# class: harm
# base: stub
# exercise: mse_loss
# expect: no more points than base
import ctypes
def mse_loss(y_hat, y):
    ctypes.string_at(0)
# --- exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    import ctypes
    ctypes.string_at(0)
