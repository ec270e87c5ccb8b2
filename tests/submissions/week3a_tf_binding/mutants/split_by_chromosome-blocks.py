# exercise: split_by_chromosome
# mistake: takes the windows to come in blocks, and cuts at the first and last held-out one
# caught by: test_one_side_empty

def split_by_chromosome(names, held_out):
    hits = [i for i, name in enumerate(names) if name.split("_")[0] in held_out]
    first, last = min(hits), max(hits) + 1
    return list(range(first)) + list(range(last, len(names))), list(range(first, last))
