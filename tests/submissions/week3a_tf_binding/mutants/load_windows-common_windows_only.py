# exercise: load_windows
# mistake: drops the windows that are in one file only and says nothing
# caught by: test_missing_from_the_sequences

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    table = table[table["window_name"].isin(scores.columns)]
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    values = scores[names].to_numpy(dtype=np.float32).T
    return names, sequences, values
