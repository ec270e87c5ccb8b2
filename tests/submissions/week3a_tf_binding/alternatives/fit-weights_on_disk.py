# exercise: fit
# style: saves the best weights to a temporary file and loads them at the end

import tempfile
from pathlib import Path

def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    model = model.to(device)
    history = {"train": [], "val": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "best.pt"
        best = None
        for epoch in range(1, epochs + 1):
            for part, dl in (("train", train_dl), ("val", val_dl)):
                training = part == "train"
                model.train() if training else model.eval()
                mean, n = 0.0, 0
                for x, y in dl:
                    x, y = x.to(device), y.to(device)
                    if training:
                        optimizer.zero_grad()
                        loss = loss_fn(model(x), y)
                        loss.backward()
                        optimizer.step()
                    else:
                        with torch.no_grad():
                            loss = loss_fn(model(x), y)
                    n += x.shape[0]
                    mean += (loss.item() - mean) * x.shape[0] / n
                history[part].append(mean)
            if best is None or history["val"][-1] < best:
                best = history["val"][-1]
                torch.save(model.state_dict(), path)
        if best is not None:
            model.load_state_dict(torch.load(path, map_location=device))
    return history["train"], history["val"]
