# exercise: predict
# style: functions, a main, pathlib and batches of 100; the weights are found beside the script

from pathlib import Path

torch.save({k: v.cpu() for k, v in binding_model.state_dict().items()}, "model_weights.pt")

Path("predict.py").write_text(
    "from pathlib import Path\n\nimport numpy as np\nimport pandas as pd\nimport torch\nimport torch.nn as nn\n\n\n"
    + cell_source(TFBindingCNN)
    + '''

def encode(sequences):
    letters = np.array([list(s.upper()) for s in sequences])
    return torch.from_numpy((letters[..., None] == np.array(list("ACGT"))).astype("float32"))


def main(data, out):
    here = Path(__file__).resolve().parent
    model = TFBindingCNN()
    model.load_state_dict(torch.load(here / "model_weights.pt", map_location="cpu", weights_only=True))
    model.eval()
    table = pd.read_table(data)
    rows = []
    with torch.inference_mode():
        for start in range(0, len(table), 100):
            rows.append(model(encode(table.sequence[start:start + 100])).numpy())
    scores = pd.DataFrame(np.concatenate(rows), index=pd.Index(table.window_name, name="window_name"))
    scores.to_csv(out)


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(description="TF binding from sequence")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path)
    main(**vars(parser.parse_args()))
'''
)
