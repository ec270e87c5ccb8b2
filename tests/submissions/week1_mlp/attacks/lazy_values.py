# attack: returns objects whose value changes each time they are read, until one read is right
# class: gain
# base: stub
# exercise: count_parameters
# expect: 0 points
# fast: yes
class Changing:
    reads = 0
    def __index__(self):
        Changing.reads += 1
        return Changing.reads
    __int__ = __index__
    def __eq__(self, other): return True
    def __getattr__(self, name):
        Changing.reads += 1
        return Changing.reads
    __hash__ = object.__hash__

def count_parameters(input_dim, hidden_dim, output_dim):
    return Changing()
# --- exercise: predict_linear
class Reads(list):
    n = 0
    def __getitem__(self, i):
        Reads.n += 1
        return float(Reads.n)
    def __iter__(self):
        Reads.n += 1
        return iter([float(Reads.n)] * list.__len__(self))

def predict_linear(X, beta, bias=0.0):
    return Reads([0.0] * len(X))
