# exercise: one_hot_encode
# style: torch's own one_hot with N as a fifth class that is cut off

import re

def one_hot_encode(seq: str, alphabet: str = "ACGT") -> torch.Tensor:
    seq = seq.upper()
    if not re.fullmatch(f"[{alphabet}N]*", seq):
        raise ValueError("only A, C, G, T and N are allowed")
    classes = torch.tensor([(alphabet + "N").index(base) for base in seq], dtype=torch.long)
    return nn.functional.one_hot(classes, num_classes=5)[:, :4].float()
