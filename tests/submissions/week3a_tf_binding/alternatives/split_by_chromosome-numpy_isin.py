# exercise: split_by_chromosome
# style: numpy's isin on the first part of the names

def split_by_chromosome(names, held_out):
    chromosomes = np.array([name.split("_")[0] for name in names])
    is_test = np.isin(chromosomes, list(held_out))
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)
