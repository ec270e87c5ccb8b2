# exercise: one_hot_encode
# style: scatter_ of a mask into the columns; error class derived from ValueError
class NotABase(ValueError):
    pass


def one_hot_encode(seq, alphabet="ACGT"):
    index, known = [], []
    for letter in seq:
        letter = letter.upper()
        if letter not in (*alphabet, "N"):
            raise NotABase(letter)
        known.append(float(letter != "N"))
        index.append(max(alphabet.find(letter), 0))
    out = torch.zeros(len(seq), 4)
    return out.scatter_(1, torch.tensor(index, dtype=torch.long).view(-1, 1),
                        torch.tensor(known, dtype=torch.float32).view(-1, 1))
