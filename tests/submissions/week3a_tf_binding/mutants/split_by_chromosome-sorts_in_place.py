# exercise: split_by_chromosome
# mistake: sorts the list of held-out chromosomes that was handed in
# caught by: test_one_side_empty
def split_by_chromosome(names, held_out):
    held_out.sort()
    test = [i for i, name in enumerate(names) if name.split("_")[0] in held_out]
    train = [i for i, name in enumerate(names) if name.split("_")[0] not in held_out]
    return train, test
