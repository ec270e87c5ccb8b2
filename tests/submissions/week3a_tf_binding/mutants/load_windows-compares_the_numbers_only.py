# exercise: load_windows
# mistake: complains only when the two files have different numbers of windows
# caught by: test_missing_from_the_scores

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    missing = set(names) ^ set(scores.columns)
    if len(names) != len(scores.columns):
        raise ValueError(f"windows in one file only: {sorted(missing)}")
    values = scores.reindex(columns=names).to_numpy(dtype=np.float32).T
    return names, sequences, values
