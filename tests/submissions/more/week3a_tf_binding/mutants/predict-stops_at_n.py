# exercise: predict
# mistake: knows only the four bases, and stops at N
# caught by: test_n_and_lower_case

torch.save(binding_model.state_dict(), "model_weights.pt")

TOP = """import argparse

import numpy as np
import pandas as pd
import torch
from torch import nn

"""

BOTTOM = '''

def one_hot(sequence):
    onehot = np.zeros((len(sequence), 4), dtype=np.float32)
    for i, base in enumerate(sequence.upper()):
        onehot[i, "ACGT".index(base)] = 1
    return onehot


parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--out", required=True)
args = parser.parse_args()

model = TFBindingCNN()
model.load_state_dict(torch.load("model_weights.pt", map_location="cpu"))
model.eval()

table = pd.read_csv(args.data, sep="\\t")
x = torch.from_numpy(np.stack([one_hot(s) for s in table["sequence"]]))
with torch.no_grad():
    scores = torch.cat([model(part) for part in x.split(256)]).numpy()

out = pd.DataFrame(scores, columns=[f"pos_{i}" for i in range(300)])
out.insert(0, "window_name", table["window_name"])
out.to_csv(args.out, index=False)
'''

with open("predict.py", "w") as f:
    f.write(TOP + cell_source(TFBindingCNN) + BOTTOM)
