# attack: holds the interpreter's lock in C for ever, in a hidden test's call
# class: harm
# base: stub
# exercise: mse_loss
# expect: no more points than base
# limit: 40
import ctypes
def mse_loss(y_hat, y):
    ctypes.PyDLL(None).sleep(100000)
