# exercise: load_windows
# style: fills a tensor window by window, and says which names are missing on either side

from pathlib import Path

import pandas as pd


def load_windows(sequences_path: str | Path, scores_path: str | Path):
    frame = pd.read_csv(sequences_path, sep="\t", dtype=str)
    by_name = pd.read_csv(scores_path, sep="\t").to_dict("list")
    names = list(frame["window_name"])
    without_scores = [name for name in names if name not in by_name]
    without_sequence = sorted(set(by_name).difference(names))
    if without_scores or without_sequence:
        raise ValueError(f"no scores: {without_scores}; no sequence: {without_sequence}")
    scores = torch.empty(len(names), 300)
    for i, name in enumerate(names):
        scores[i] = torch.tensor(by_name[name])
    return names, list(frame["sequence"]), scores
