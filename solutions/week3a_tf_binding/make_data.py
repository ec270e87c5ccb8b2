"""Simulate the data of week 3: windows of DNA, and the score of each position for CTCF.

    python solutions/week3a_tf_binding/make_data.py

writes the students' files into solutions/week3a_tf_binding/data and solutions/week3b_wandb/data,
and the held-out ones into tests/hidden/WEEK/data. The same settings give the same bytes. The
README beside this script describes the files. The motif is CTCF, JASPAR 2024, MA0139.2
(Rauluseviciute et al., Nucleic Acids Research 52, D174-D182, 2024).

Shapes: n windows of L = 300 positions, a motif of width k = 15, bases in the order ACGT.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from Bio import motifs
from Bio.motifs.matrix import PositionSpecificScoringMatrix
from numpy.typing import NDArray

BASES = "ACGT"
# Mb of each chromosome of GRCh38; only names of windows are made from it.
LENGTHS = {"chr1": 248, "chr2": 242, "chr8": 145, "chr21": 46, "chr22": 50}
Floats = NDArray[np.float64]
Codes = NDArray[np.int64]  # bases as their places in BASES


@dataclass(frozen=True)
class Settings:
    """Everything that the data follow from."""

    seed: int = 46_100
    window: int = 300  # length of a window in bp
    train: tuple[str, ...] = ("chr1", "chr2", "chr21", "chr22")  # what students get
    train_windows: int = 500  # for each of these chromosomes
    held_out: tuple[str, ...] = ("chr8",)
    held_out_windows: int = 400
    weeks: tuple[str, ...] = ("week3a_tf_binding", "week3b_wandb")
    composition: tuple[float, ...] = (0.28, 0.22, 0.22, 0.28)  # of A, C, G, T, before CpG
    cpg: float = 0.25  # how often G follows C, relative to the composition
    planted: tuple[float, ...] = (0.19, 0.42, 0.25, 0.14)  # share of windows with 0, 1, 2, 3 sites
    pseudocount: float = 1.0  # added to each column of counts, in proportion to the background
    threshold: float = 9.0  # log-odds in bits from which a scanner reports a site
    with_n: float = 0.02  # share of windows with a run of N, like the gaps of an assembly
    n_run: tuple[int, int] = (5, 25)  # shortest and longest
    masked: float = 0.12  # share of windows with a soft-masked (lower-case) stretch
    masked_run: tuple[int, int] = (40, 160)


@dataclass(frozen=True)
class Windows:
    """The windows of one chromosome: names, sequences, scores (n, L)."""

    names: tuple[str, ...]
    sequences: tuple[str, ...]
    scores: Floats


def transitions(settings: Settings) -> Floats:
    """Background chain: (4, 4), row = this base, column = the next, rows summing to 1."""
    table: Floats = np.tile(np.array(settings.composition), (4, 1))
    table[BASES.index("C"), BASES.index("G")] *= settings.cpg
    table /= table.sum(axis=1, keepdims=True)
    return table


def stationary(table: Floats) -> Floats:
    """Share of each base, (4,), in a long sequence from the chain (4, 4)."""
    return np.asarray(np.linalg.matrix_power(table, 256)[0])


def load_counts(path: Path) -> motifs.matrix.FrequencyPositionMatrix:
    """Counts of a JASPAR file that holds one motif of width k."""
    with path.open() as handle:
        (motif,) = motifs.parse(handle, "jaspar")  # type: ignore[no-untyped-call]
        counts: motifs.matrix.FrequencyPositionMatrix = motif.counts
    return counts


def draw(shares: Floats, rng: np.random.Generator) -> Codes:
    """One index for each row of shares (n, m), whose rows sum to 1: (n,)."""
    passed = rng.random((len(shares), 1)) >= shares.cumsum(axis=1)[:, :-1]
    return np.asarray(passed.sum(axis=1))


def background(n: int, length: int, table: Floats, rng: np.random.Generator) -> Codes:
    """Windows from the chain (4, 4): (n, length)."""
    codes = np.empty((n, length), dtype=np.int64)
    codes[:, 0] = draw(np.tile(stationary(table), (n, 1)), rng)
    for position in range(1, length):
        codes[:, position] = draw(table[codes[:, position - 1]], rng)
    return codes


def plant(codes: Codes, shares: Floats, sites: int, rng: np.random.Generator) -> Codes:
    """A copy of a window (L,) with sites drawn from shares (k, 4): no overlaps, either strand."""
    width, planted = len(shares), codes.copy()
    # Draw distinct places in a window that is shorter by all but one base of each site.
    places = np.sort(rng.permutation(len(codes) - sites * (width - 1))[:sites])
    for i, place in enumerate(places):
        start = place + i * (width - 1)
        site = draw(shares, rng)
        planted[start : start + width] = site if rng.random() < 0.5 else 3 - site[::-1]
    return planted


def overwrite(text: str, run: tuple[int, int], rng: np.random.Generator, with_n: bool) -> str:
    """The text with a random stretch of it as N or in lower case; run: its length's range."""
    size = int(rng.integers(run[0], run[1] + 1))
    start = int(rng.integers(0, len(text) - size + 1))
    stretch = "N" * size if with_n else text[start : start + size].lower()
    return text[:start] + stretch + text[start + size :]


def scan(sequence: str, pssm: PositionSpecificScoringMatrix, threshold: float) -> Floats:
    """Score of each position, (L,): of the best site covering it on either strand, else 0."""
    scores, width = np.zeros(len(sequence)), len(pssm.consensus)
    other_strand = pssm.reverse_complement()  # type: ignore[no-untyped-call]
    for matrix in (pssm, other_strand):
        # One score for each start, (L - k + 1,); nan, never a site, where it would cover an N.
        at_start = np.asarray(matrix.calculate(sequence.upper()), dtype=float)
        for start in np.flatnonzero(at_start >= threshold).tolist():
            covered = slice(start, start + width)
            scores[covered] = np.maximum(scores[covered], at_start[start])
    return scores


def window_names(chromosome: str, n: int, length: int, rng: np.random.Generator) -> list[str]:
    """Names chrN_start_end of n windows, in order along the chromosome, none overlapping."""
    slots = np.sort(rng.permutation(LENGTHS[chromosome] * 1000 - 100)[:n] + 50)  # of 1000 bp
    starts = (slots * 1000 + rng.integers(0, 1000 - length + 1, size=n)).tolist()
    return [f"{chromosome}_{start}_{start + length}" for start in starts]


def simulate(chromosome: str, n: int, settings: Settings, rng: np.random.Generator) -> Windows:
    """The n windows of a chromosome."""
    table = transitions(settings)
    shares = dict(zip(BASES, stationary(table).tolist(), strict=True))
    counts = load_counts(Path(__file__).with_name("MA0139.2.jaspar"))
    pseudocounts = {base: settings.pseudocount * share for base, share in shares.items()}
    pssm = counts.normalize(pseudocounts).log_odds(shares)  # type: ignore[no-untyped-call]
    motif = np.array([counts[base] for base in BASES]).T
    motif = motif / motif.sum(axis=1, keepdims=True)
    names = window_names(chromosome, n, settings.window, rng)
    sites = draw(np.tile(np.array(settings.planted), (n, 1)), rng).tolist()
    sequences = []
    for codes, k in zip(background(n, settings.window, table, rng), sites, strict=True):
        text = "".join(BASES[code] for code in plant(codes, motif, k, rng))
        if rng.random() < settings.with_n:
            text = overwrite(text, settings.n_run, rng, with_n=True)
        if rng.random() < settings.masked:
            text = overwrite(text, settings.masked_run, rng, with_n=False)
        sequences.append(text)
    scores = np.stack([scan(text, pssm, settings.threshold) for text in sequences])
    return Windows(tuple(names), tuple(sequences), scores)


def check_disjoint(chromosomes: list[Windows]) -> None:
    """Refuse names that occur twice, and sequences that occur twice on whichever strand."""
    names = [name for part in chromosomes for name in part.names]
    texts = [text.upper() for part in chromosomes for text in part.sequences]
    other = str.maketrans("ACGT", "TGCA")
    assert len(set(names)) == len(names), "a window's name occurs twice"
    either_strand = {min(text, text.translate(other)[::-1]) for text in texts}
    assert len(either_strand) == len(texts), "a window's sequence occurs twice"


def write_gzip(path: Path, lines: list[str]) -> None:
    """Write compressed lines; neither the time nor the file's name enters the bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write("".join(line + "\n" for line in lines).encode("ascii"))


def main(root: Path, settings: Settings) -> None:
    """Write all files below the root of the repository, and say what they hold."""
    sizes = dict.fromkeys(settings.train, settings.train_windows)
    sizes |= dict.fromkeys(settings.held_out, settings.held_out_windows)
    rngs = {c: np.random.default_rng([settings.seed, int(c.removeprefix("chr"))]) for c in sizes}
    made = {c: simulate(c, n, settings, rngs[c]) for c, n in sizes.items()}
    check_disjoint(list(made.values()))
    for chromosome, windows in made.items():
        table = zip(windows.names, windows.sequences, strict=True)
        sequences = ["window_name\tsequence", *(f"{name}\t{text}" for name, text in table)]
        order = rngs[chromosome].permutation(len(windows.names))  # of the columns
        scores = ["\t".join(windows.names[i] for i in order)]
        rows = windows.scores[order].T
        scores += ["\t".join(f"{x:.4f}" if x else "0" for x in row) for row in rows]
        top = "tests/hidden" if chromosome in settings.held_out else "solutions"
        for folder in (root / top / week / "data" for week in settings.weeks):
            write_gzip(folder / f"{chromosome}_sequences.txt.gz", sequences)
            write_gzip(folder / f"{chromosome}_scores.txt.gz", scores)
        with_site = int(windows.scores.any(axis=1).sum())
        print(f"{chromosome}: {len(windows.names)} windows, {with_site} with a site, in {top}")


if __name__ == "__main__":
    main(Path(__file__).resolve().parents[2], Settings())
