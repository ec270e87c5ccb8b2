# exercise: split_by_chromosome
# style: groups the windows by chromosome first

from collections import defaultdict

def split_by_chromosome(names, held_out):
    groups = defaultdict(list)
    for i, name in enumerate(names):
        chromosome, start, end = name.rsplit("_", 2)
        groups[chromosome].append(i)
    test = [i for c in groups if c in set(held_out) for i in groups[c]]
    train = [i for c in groups if c not in set(held_out) for i in groups[c]]
    return sorted(train), sorted(test)
