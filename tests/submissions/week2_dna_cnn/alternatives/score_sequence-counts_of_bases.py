# exercise: score_sequence
# style: counts each base and uses the motifs' truth values as numbers

def score_sequence(seq):
    n = len(seq)
    mean = (20 * seq.count("A") + 17 * seq.count("C") + 14 * seq.count("G") + 11 * seq.count("T")) / n
    return mean + 10 * ("TAT" in seq) - 10 * ("GCG" in seq)
