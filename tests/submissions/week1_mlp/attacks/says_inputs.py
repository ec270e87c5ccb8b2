# attack: says hidden inputs by exceptions, class names, printed text, warnings, files and displays
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
# fast: yes
import linecache, sys, warnings
from IPython.display import HTML, display
def mse_loss(y_hat, y):
    text = f"{y_hat} {y}"
    print(text); print(text, file=sys.__stderr__)
    warnings.warn(text)
    display(HTML(f"<b title='{text}'>{text}</b>"))
    get_ipython().display_pub.publish({"text/plain": text, "text/html": text})
    try:
        open("".join(c for c in text if c.isalnum())[:100], "w").write(text)
    except OSError:
        pass
    code = sys._getframe().f_code
    linecache.cache[code.co_filename] = (1, None, [text + "\n"] * 99, code.co_filename)
    raise type("E" + "".join(c for c in text if c.isalnum()), (ValueError,), {})(text)
# --- exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    return {str(X): beta}
# --- exercise: MLP
class MLP(nn.Module):
    def __init__(self, *inputs):
        super().__init__()
        type(self).__name__ = type(self).__qualname__ = str(inputs)
        self.text = str(inputs)
    def __repr__(self): return self.text
    def forward(self, x): raise AttributeError(self.text)
