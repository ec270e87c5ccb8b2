# exercise: split_by_chromosome
# mistake: takes the first four letters for the chromosome, so that chr10 is chr1
# caught by: test_names_that_begin_alike

def split_by_chromosome(names, held_out):
    train = [i for i, name in enumerate(names) if name[:4] not in held_out]
    test = [i for i, name in enumerate(names) if name[:4] in held_out]
    return train, test
