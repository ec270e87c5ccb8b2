# exercise: split_by_chromosome
# mistake: returns names
def split_by_chromosome(names, held_out):
    """Split windows into those of held-out chromosomes and the rest.

    names: a list of names such as "chr21_5000_5300". held_out: a list of chromosomes, ["chr21"].
    Returns (train, test), two lists of int: the indices into names of the windows that are on
    none of the held-out chromosomes, and of those that are, each in increasing order.
    """
    chromosomes = [name.rsplit("_", 2)[0] for name in names]
    train = [names[i] for i, chromosome in enumerate(chromosomes) if chromosome not in held_out]
    test = [names[i] for i, chromosome in enumerate(chromosomes) if chromosome in held_out]
    return train, test
