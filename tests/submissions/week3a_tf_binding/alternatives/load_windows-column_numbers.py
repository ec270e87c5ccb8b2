# exercise: load_windows
# style: looks up each name's column number and indexes an array

import pandas as pd

def load_windows(sequences_path, scores_path):
    frame = pd.read_table(sequences_path)
    table = pd.read_table(scores_path)
    names = [str(name) for name in frame.window_name]
    where = table.columns.get_indexer(names)
    if (where < 0).any():
        raise ValueError(f"no scores for {names[int(np.argmin(where))]}")
    for extra in table.columns.difference(names):
        raise ValueError(f"no sequence for {extra}")
    values = np.ascontiguousarray(table.values[:, where].T, dtype="float32")
    return names, frame.sequence.to_list(), values
