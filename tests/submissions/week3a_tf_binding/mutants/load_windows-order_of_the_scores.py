# exercise: load_windows
# mistake: puts names and sequences into the order of the score file
# caught by: test_form

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    missing = set(names) ^ set(scores.columns)
    if missing:
        raise ValueError(f"windows in one file only: {sorted(missing)}")
    names = scores.columns.tolist()
    sequences = table.set_index("window_name").loc[names, "sequence"].tolist()
    values = scores.to_numpy(dtype=np.float32).T
    return names, sequences, values
