# exercise: split_by_chromosome
# mistake: an empty held_out gives an empty pattern, which matches every window
# caught by: test_one_side_empty
# Exercise: split_by_chromosome (3 points)
def split_by_chromosome(names, held_out):
    """Split windows into those of held-out chromosomes and the rest."""
    pattern = "|".join(chromosome + "_" for chromosome in held_out)  # chr2_ is not chr22_
    is_test = pd.Series(names, dtype=str).str.match(pattern).to_numpy(dtype=bool)
    return np.flatnonzero(~is_test).tolist(), np.flatnonzero(is_test).tolist()
