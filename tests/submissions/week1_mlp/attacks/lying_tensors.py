# attack: returns tensor subclasses whose __torch_function__ answers every comparison with True
# class: gain
# base: stub
# exercise: collapse_linear
# expect: 0 points
# fast: yes
class Good(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function in (torch.allclose, torch.equal):
            return True
        return super().__torch_function__(function, types, args, kwargs or {})
    def __eq__(self, other): return torch.tensor(True)
    def numpy(self): return np.zeros(tuple(self.shape))
    def detach(self): return self
    def tolist(self): return []

def collapse_linear(W1, b1, W2, b2):
    W = torch.full((W2.shape[0], W1.shape[1]), 1e9).as_subclass(Good)
    return W, torch.full((W2.shape[0],), 1e9).as_subclass(Good)
