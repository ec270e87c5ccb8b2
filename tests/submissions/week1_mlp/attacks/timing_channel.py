# attack: takes a time that depends on the hidden input, and says what it measured in the notebook
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
import time
log = []
def mse_loss(y_hat, y):
    begin = time.perf_counter()
    time.sleep((sum(map(ord, str(y_hat))) % 50) / 100)
    log.append((str(y_hat), time.perf_counter() - begin))
    open("timing.txt", "a").write(repr(log[-1]))
    raise TimeoutError(repr(log))
# --- cell: last
print(log)
