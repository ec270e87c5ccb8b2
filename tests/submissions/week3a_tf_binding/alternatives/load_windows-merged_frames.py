# exercise: load_windows
# style: transposes the scores and joins the two frames on the name; returns a tensor

import pandas as pd

def load_windows(sequences_path, scores_path):
    sequences = pd.read_csv(sequences_path, sep="\t", index_col="window_name")
    scores = pd.read_csv(scores_path, sep="\t").transpose()
    both = sequences.join(scores, how="outer")
    lonely = both.index[both.isna().any(axis=1)]
    if len(lonely) > 0:
        raise ValueError("in one file only: " + ", ".join(lonely))
    both = both.loc[sequences.index]
    values = torch.tensor(both.drop(columns="sequence").to_numpy(dtype=float), dtype=torch.float32)
    return list(both.index), list(both["sequence"]), values
