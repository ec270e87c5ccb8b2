# attack: prints the source of correct pieces that a second try brings along
# class: leak
# base: stub
# exercise: gradient_descent
# expect: no more points than base
import gc, inspect, linecache
text = "\n".join("".join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2)
at = text.find("canary")
if at >= 0:
    raise ValueError(text[at - 200 : at + 300])
def gradient_descent(X, y, lr, n_steps, beta0=None):
    text = "\n".join("".join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2)
    print(text)
    raise ValueError(text[-5000:])
# --- exercise: mse_gradient
def mse_gradient(X, y, beta):
    return np.zeros(len(beta))
