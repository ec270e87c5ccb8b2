# exercise: split_by_chromosome
# mistake: asks whether chr2 is somewhere in the name
# caught by: test_names_that_begin_alike

def split_by_chromosome(names, held_out):
    train, test = [], []
    for i, name in enumerate(names):
        if any(chromosome in name for chromosome in held_out):
            test.append(i)
        else:
            train.append(i)
    return train, test
