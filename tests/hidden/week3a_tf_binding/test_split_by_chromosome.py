"""split_by_chromosome(names, held_out): (train indices, test indices)."""

from autograder.testing import expect, points, remote


def split(student, names, held_out):
    """The two lists of indices, sorted."""
    returned = student.split_by_chromosome(names, held_out)
    assert type(returned) in (tuple, list) and len(returned) == 2, "not a pair of indices"
    sides = []
    for side in returned:
        indices = expect.array(side)
        assert indices.ndim == 1, f"indices of shape {indices.shape}"
        assert indices.dtype.kind in "iu" or not indices.size, "indices are whole numbers"
        sides.append(sorted(int(i) for i in indices))
    return sides


def windows(chromosomes):
    """A window on each, further along each time."""
    return [f"{name}_{300 * i}_{300 * i + 300}" for i, name in enumerate(chromosomes)]


def assert_splits(student, chromosomes, held_out):
    train, test = split(student, windows(chromosomes), held_out)
    assert test == [i for i, name in enumerate(chromosomes) if name in held_out]
    assert train == [i for i, name in enumerate(chromosomes) if name not in held_out]


@points(0.5)
def test_whole_chromosomes(student):
    """Return the pair (train indices, test indices), whole numbers that index `names`. Every window
    of a held-out chromosome belongs on the test side and every other window on the training side,
    each once, in whatever order the chromosomes come in the list."""
    chromosomes = ["chr7", "chr5", "chr5", "chr8", "chr7", "chr5", "chrX", "chr8", "chr7"]
    for held_out in (["chr5"], ["chr8", "chr7"], ["chrX", "chr5", "chr8"]):
        assert_splits(student, chromosomes, held_out)


@points(1)
def test_names_that_begin_alike(student):
    """Perhaps the names are compared by how they begin (startswith), or with `in` on text, so
    that chr2 also matches chr22. Split the window's name at its underscores, and compare the whole
    name of the chromosome."""
    chromosomes = ["chr2", "chr22", "chr1", "chr10", "chr21", "chr12", "chr11", "chr2", "chr20"]
    for held_out in (["chr2"], ["chr22"], ["chr1"], ["chr10", "chr2"], ["chr11", "chr20", "chr1"]):
        assert_splits(student, chromosomes, held_out)


@points(0.5)
def test_one_side_empty(student):
    """One side may be empty, without an error: the test side if no window lies on a held-out
    chromosome, the training side if all of them do. Do not change the lists that are passed in."""
    names, held_out = windows(["chr3", "chr4", "chr3"]), ["chr9", "chr4"]
    assert split(student, names, ["chr9"]) == [[0, 1, 2], []]
    assert split(student, names, []) == [[0, 1, 2], []]
    assert split(student, names, ["chr4", "chr3"]) == [[], [0, 1, 2]]
    held = remote.put(student, names), remote.put(student, held_out)
    assert split(student, *held) == [[0, 2], [1]]
    assert [remote.value(handle) for handle in held] == [names, held_out]
