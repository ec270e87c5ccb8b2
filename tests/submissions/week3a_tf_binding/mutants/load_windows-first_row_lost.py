# exercise: load_windows
# mistake: takes the first of the 300 rows for an index and pads the end
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
    values = scores[names].to_numpy(dtype=np.float32)[1:].T
    values = np.pad(values, ((0, 0), (0, 1)))
    return names, sequences, values
