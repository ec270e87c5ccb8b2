# exercise: split_by_chromosome
# mistake: holds out one window of each chromosome only
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    chromosomes = [name.split("_")[0] for name in names]
    test = [chromosomes.index(c) for c in held_out if c in chromosomes]
    return [i for i in range(len(names)) if i not in test], test
