# exercise: load_windows
# mistake: always reads chr1 from the data folder, whatever the paths say
# caught by: test_missing_from_the_sequences

import pandas as pd

def load_windows(sequences_path, scores_path):
    import glob
    table = pd.read_csv(sorted(glob.glob(f"{data_folder}/*_sequences.txt.gz"))[0], sep="\t")
    scores = pd.read_csv(sorted(glob.glob(f"{data_folder}/*_scores.txt.gz"))[0], sep="\t")
    names = table["window_name"].tolist()
    sequences = table["sequence"].tolist()
    missing = set(names) ^ set(scores.columns)
    if missing:
        raise ValueError(f"windows in one file only: {sorted(missing)}")
    values = scores[names].to_numpy(dtype=np.float32).T
    return names, sequences, values
