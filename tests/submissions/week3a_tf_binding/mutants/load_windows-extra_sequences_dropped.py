# exercise: load_windows
# mistake: complains about scores without sequences, and drops sequences without scores
# caught by: test_missing_from_the_scores

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    missing = set(scores.columns) - set(names)
    table = table[table["window_name"].isin(scores.columns)]
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    if missing:
        raise ValueError(f"windows in one file only: {sorted(missing)}")
    values = scores[names].to_numpy(dtype=np.float32).T
    return names, sequences, values
