# exercise: load_windows
# mistake: turns the scores into ones and zeros
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
    values = scores[names].to_numpy(dtype=np.float32).T
    return names, sequences, (values > 0).astype(np.float32)
