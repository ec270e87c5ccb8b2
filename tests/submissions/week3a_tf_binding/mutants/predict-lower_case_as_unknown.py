# exercise: predict
# mistake: takes lower-case letters for unknown bases
# caught by: test_n_and_lower_case

TEMPLATE = '''
import argparse
import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

CLASS_GOES_HERE

def read(path):
    compression = "gzip" if open(path, "rb").read(2) == bytes([31, 139]) else None
    return pd.read_csv(path, sep=chr(9), compression=compression, dtype=str)


def tensor_of(sequences):
    table = np.zeros((256, 4), dtype=np.float32)
    for j, base in enumerate("ACGT"):
        table[ord(base), j] = 1
    return torch.from_numpy(np.stack([table[np.frombuffer(s.encode(), np.uint8)] for s in sequences]))


@torch.no_grad()
def predict(model, x):
    model.eval()
    return np.vstack([model(xb).cpu().numpy() for (xb,) in DataLoader(TensorDataset(x), batch_size=64)])


arguments = argparse.ArgumentParser()
arguments.add_argument("--data")
arguments.add_argument("--out")
arguments = arguments.parse_args()
windows = read(arguments.data)
net = TFBindingCNN()
net.load_state_dict(torch.load("model_weights.pt", map_location="cpu"))
scores = predict(net, tensor_of(windows["sequence"].tolist()))
frame = pd.concat(
    [windows[["window_name"]], pd.DataFrame(scores, columns=[f"score_{i + 1}" for i in range(300)])], axis=1
)
frame.to_csv(arguments.out, index=False, float_format="%.6f")
'''
torch.save(binding_model.to("cpu").state_dict(), "model_weights.pt")
binding_model.to(device)
with open("predict.py", "w") as script:
    print(TEMPLATE.replace("CLASS_GOES_HERE", cell_source(TFBindingCNN)), file=script)
