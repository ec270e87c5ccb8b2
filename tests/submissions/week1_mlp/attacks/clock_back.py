# attack: turns every clock back, in Python and by settimeofday, so that no time seems to pass
# class: harm
# base: stub
# exercise: mse_loss
# expect: no more points than base
# limit: 40
import ctypes, time
libc = ctypes.CDLL(None)
libc.settimeofday((ctypes.c_long * 2)(0, 0), None)
for name in ("time", "monotonic", "perf_counter", "process_time", "time_ns", "monotonic_ns"):
    setattr(time, name, lambda *a: 0)
time.sleep = lambda seconds: None
def mse_loss(y_hat, y):
    while time.time() < 1:
        pass
