# exercise: split_by_chromosome
# mistake: numbers the windows of each list from 0 again
# caught by: test_whole_chromosomes

def split_by_chromosome(names, held_out):
    train = [n for n in names if n.split("_")[0] not in held_out]
    test = [n for n in names if n.split("_")[0] in held_out]
    return list(range(len(train))), list(range(len(test)))
