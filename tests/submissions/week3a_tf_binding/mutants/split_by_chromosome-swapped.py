# exercise: split_by_chromosome
# mistake: returns the test indices first
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    chromosomes = [name.split("_")[0] for name in names]
    train = [i for i, c in enumerate(chromosomes) if c not in held_out]
    test = [i for i, c in enumerate(chromosomes) if c in held_out]
    return test, train
