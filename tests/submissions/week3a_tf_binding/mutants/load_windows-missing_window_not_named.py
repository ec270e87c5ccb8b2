# exercise: load_windows
# mistake: raises a ValueError that names no window
# caught by: test_missing_from_the_sequences

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    missing = set(names) ^ set(scores.columns)
    if missing:
        raise ValueError(f"{len(missing)} windows are in one file only")
    values = scores[names].to_numpy(dtype=np.float32).T
    return names, sequences, values
