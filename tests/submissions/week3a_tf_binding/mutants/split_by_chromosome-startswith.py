# exercise: split_by_chromosome
# mistake: asks whether the name starts with chr2, which chr22 does too
# caught by: test_names_that_begin_alike

def split_by_chromosome(names, held_out):
    test = [i for i, name in enumerate(names) if any(name.startswith(c) for c in held_out)]
    train = [i for i in range(len(names)) if i not in test]
    return train, test
