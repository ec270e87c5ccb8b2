# exercise: load_windows
# mistake: checks only for windows without scores
def load_windows(sequences_path, scores_path):
    """Read the windows of one pair of files and match them by name.

    sequences_path: a gzipped, tab-separated file, columns window_name and sequence, a row a window.
    scores_path: the same, but a column a window (its name on top) and a row a position.
    Returns (names, sequences, scores), all in the order of the sequences file: a list of n str, a
    list of n str (as they are in the file), and a float32 array (n, 300), one window a row.
    Raises a ValueError whose message names a missing window if a window is in only one of the two
    files, whichever it is.
    """
    windows = pd.read_csv(sequences_path, sep="\t", dtype=str, keep_default_na=False)
    table = pd.read_csv(scores_path, sep="\t")
    names, sequences = list(windows["window_name"]), list(windows["sequence"])
    in_one_file = set(names) - set(table.columns)
    if in_one_file:
        raise ValueError(f"these windows are in only one of the two files: {sorted(in_one_file)}")
    return names, sequences, table[names].to_numpy(dtype=np.float32).T
