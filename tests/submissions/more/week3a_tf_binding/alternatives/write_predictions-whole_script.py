# exercise: write_predictions
# style: leaves out the helper and writes the program as text

TEMPLATE = """
import argparse
from pathlib import Path
import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from torch import nn

PIECES

parser = argparse.ArgumentParser()
parser.add_argument("--data")
parser.add_argument("--out")
options = parser.parse_args()
table = pd.read_csv(options.data, sep=chr(9))
model = TFBindingCNN()
model.load_state_dict(torch.load("model_weights.pt", map_location="cpu"))
model.eval()
with torch.no_grad():
    scores = torch.cat([model(part) for part in one_hot_batch(list(table.sequence)).split(80)])
frame = pd.DataFrame(scores.numpy(), columns=[f"score_{i}" for i in range(300)])
pd.concat([table[["window_name"]], frame], axis=1).to_csv(options.out, index=False)
"""
torch.save(binding_model.to("cpu").state_dict(), "model_weights.pt")
binding_model.to(device)
with open("predict.py", "w") as script:
    pieces = cell_source(one_hot_batch) + "\n\n" + cell_source(TFBindingCNN)
    script.write(TEMPLATE.replace("PIECES", pieces))


def write_predictions(sequences_path, csv_path, folder):
    raise NotImplementedError("predict.py does it by itself")
