# exercise: split_by_chromosome
# mistake: holds out the first chromosome of the list only
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    chromosomes = [name.split("_")[0] for name in names]
    train = [i for i, c in enumerate(chromosomes) if c != held_out[0]]
    test = [i for i, c in enumerate(chromosomes) if c == held_out[0]]
    return train, test
