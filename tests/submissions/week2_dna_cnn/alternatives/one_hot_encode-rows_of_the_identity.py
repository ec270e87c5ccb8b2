# exercise: one_hot_encode
# style: looks rows up in an identity matrix with a row of zeros under it

def one_hot_encode(seq, alphabet="ACGT"):
    table = torch.cat([torch.eye(4), torch.zeros(1, 4)])
    codes = {**{b: j for j, b in enumerate(alphabet.upper())}, "N": 4}
    try:
        index = [codes[b] for b in seq.upper()]
    except KeyError as error:
        raise ValueError(f"{error} is not a base") from None
    return table[torch.tensor(index, dtype=torch.long)]
