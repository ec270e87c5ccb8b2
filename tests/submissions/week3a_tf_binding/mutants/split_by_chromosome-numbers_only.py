# exercise: split_by_chromosome
# mistake: turns the chromosome into a number, which chrX is not
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    numbers = [int(c[3:]) for c in held_out]
    train, test = [], []
    for i, name in enumerate(names):
        number = int(name.split("_")[0][3:])
        (test if number in numbers else train).append(i)
    return train, test
