# attack: returns tensors, floats and bools that say they equal everything
# class: gain
# base: stub
# exercise: one_hot_encode
# expect: 0 points
class Good(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function in (torch.equal, torch.allclose):
            return True
        return super().__torch_function__(function, types, args, kwargs or {})
    def __eq__(self, other): return torch.tensor(True)

def one_hot_encode(seq, alphabet="ACGT"):
    return torch.zeros(len(seq), 4).as_subclass(Good)
# --- exercise: score_sequence
class Close(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__, __hash__ = __sub__, float.__hash__
def score_sequence(seq):
    return Close(1.0)
# --- exercise: has_motif
class Both:
    def __bool__(self): return True
    def __eq__(self, other): return True
    __class__ = bool
def has_motif(onehot, pwm, threshold):
    return Both()
