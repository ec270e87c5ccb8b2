# exercise: load_windows
# mistake: inverts the wrong permutation when it brings the columns into order
# caught by: test_matched_by_name

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    missing = set(names) ^ set(scores.columns)
    if missing:
        raise ValueError(f"windows in one file only: {sorted(missing)}")
    position = [names.index(column) for column in scores.columns]
    values = scores.to_numpy(dtype=np.float32).T[position]
    return names, sequences, values
