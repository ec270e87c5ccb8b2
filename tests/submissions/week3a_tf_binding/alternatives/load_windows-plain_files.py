# exercise: load_windows
# style: gzip and csv only, no pandas

import csv
import gzip

def load_windows(sequences_path, scores_path):
    names, sequences = [], []
    with gzip.open(sequences_path, "rt") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            names.append(row["window_name"])
            sequences.append(row["sequence"])
    with gzip.open(scores_path, "rt") as lines:
        reader = csv.reader(lines, delimiter="\t")
        column = {name: j for j, name in enumerate(next(reader))}
        rows = [[float(v) for v in row] for row in reader]
    for name in names:
        if name not in column:
            raise ValueError(f"{name} has no scores")
    for name in column:
        if name not in set(names):
            raise ValueError(f"{name} has no sequence")
    scores = [[row[column[name]] for row in rows] for name in names]
    return names, sequences, np.array(scores, dtype=np.float32)
