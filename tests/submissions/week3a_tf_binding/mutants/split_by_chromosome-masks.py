# exercise: split_by_chromosome
# mistake: returns true and false for each window instead of indices
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    test = np.array([name.split("_")[0] in held_out for name in names])
    return ~test, test
