# exercise: split_by_chromosome
# mistake: returns the names instead of their indices
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    train = [name for name in names if name.split("_")[0] not in held_out]
    test = [name for name in names if name.split("_")[0] in held_out]
    return train, test
