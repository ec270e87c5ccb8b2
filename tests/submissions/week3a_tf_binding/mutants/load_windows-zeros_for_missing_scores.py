# exercise: load_windows
# mistake: fills the scores of missing windows with zeros
# caught by: test_missing_from_the_sequences

import pandas as pd

def load_windows(sequences_path, scores_path):
    table = pd.read_csv(sequences_path, sep="\t")
    scores = pd.read_csv(scores_path, sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    values = scores.reindex(columns=names).fillna(0).to_numpy(dtype=np.float32).T
    return names, sequences, values
