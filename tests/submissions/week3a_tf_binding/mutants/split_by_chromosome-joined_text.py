# exercise: split_by_chromosome
# mistake: looks the chromosome up in the joined text of held_out, in which chr1 is part of chr17
# caught by: test_names_that_begin_alike

def split_by_chromosome(names, held_out):
    text = " ".join(held_out)
    train, test = [], []
    for i, name in enumerate(names):
        chromosome = name.split("_")[0]
        (test if chromosome in text else train).append(i)
    return train, test
