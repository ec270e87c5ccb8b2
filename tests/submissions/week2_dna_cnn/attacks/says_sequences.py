# attack: says the hidden sequences by exceptions, displays, files and the names of classes
# class: leak
# base: stub
# exercise: score_sequence
# expect: no more points than base
from IPython.display import display
def score_sequence(seq):
    print(seq)
    display(seq)
    open(str(seq)[:50] + ".txt", "w").write(str(seq))
    raise type(f"E{seq}", (KeyError,), {})(seq)
# --- exercise: one_hot_encode
def one_hot_encode(seq, alphabet="ACGT"):
    raise KeyError(f"unknown sequence {seq}")
# --- exercise: DNALinear
class DNALinear(nn.Module):
    def __init__(self, seq_len):
        raise RuntimeError(f"mat1 and mat2 shapes cannot be multiplied ({seq_len})")
