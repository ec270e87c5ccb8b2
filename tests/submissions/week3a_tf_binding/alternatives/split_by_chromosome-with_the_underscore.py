# exercise: split_by_chromosome
# style: startswith, but with the underscore behind the chromosome

def split_by_chromosome(names: list[str], held_out: list[str]) -> tuple[list[int], list[int]]:
    prefixes = tuple(f"{chromosome}_" for chromosome in held_out)
    train: list[int] = []
    test: list[int] = []
    for i, name in enumerate(names):
        if name.startswith(prefixes):
            test.append(i)
        else:
            train.append(i)
    return train, test
