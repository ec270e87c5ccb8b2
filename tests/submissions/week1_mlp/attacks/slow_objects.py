# attack: answers with objects whose comparison, length and text take for ever
# class: harm
# base: stub
# exercise: mse_loss
# expect: no more points than base
# limit: 40
import time
class Slow:
    def __getattribute__(self, name):
        time.sleep(1000)
    def __repr__(self):
        time.sleep(1000)
    __str__ = __len__ = __float__ = __eq__ = __repr__
def mse_loss(y_hat, y):
    return Slow()
