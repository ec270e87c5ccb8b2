# attack: returns subclasses of float, int, list, str and dict whose comparisons and elements lie
# class: gain
# base: stub
# exercise: mse_loss
# expect: 0 points
# fast: yes
class Close(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __float__(self): return 1.0
    __hash__ = float.__hash__

def mse_loss(y_hat, y):
    return Close(7.0)
# --- exercise: count_parameters
class Whole(int):
    def __eq__(self, other): return True
    def __index__(self): return 9
    __hash__ = int.__hash__

def count_parameters(input_dim, hidden_dim, output_dim):
    return Whole(1)
# --- exercise: predict_linear
class Ones(list):
    def __iter__(self): return iter([1.0] * len(self))
    def __eq__(self, other): return True
    def tolist(self): return self

def predict_linear(X, beta, bias=0.0):
    return Ones([0.0] * len(X))
# --- exercise: collapse_linear
class Pair(dict):
    def __iter__(self): return iter((torch.ones(2), torch.ones(2)))
    def __getitem__(self, key): return Close(0)
    def __len__(self): return 2

def collapse_linear(W1, b1, W2, b2):
    return Pair()
