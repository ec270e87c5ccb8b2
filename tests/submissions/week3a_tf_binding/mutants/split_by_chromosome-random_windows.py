# exercise: split_by_chromosome
# mistake: draws a fifth of the windows at random, from all chromosomes
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    order = np.random.default_rng(0).permutation(len(names))
    n_test = len(names) // 5
    return sorted(order[n_test:].tolist()), sorted(order[:n_test].tolist())
