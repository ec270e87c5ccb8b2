# exercise: split_by_chromosome
# mistake: leaves the held-out windows in the training set
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    chromosomes = [name.split("_")[0] for name in names]
    return list(range(len(names))), [i for i, c in enumerate(chromosomes) if c in held_out]
