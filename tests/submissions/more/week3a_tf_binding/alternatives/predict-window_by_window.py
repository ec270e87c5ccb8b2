# exercise: predict
# style: no pandas; gzip is seen from the first bytes; one window at a time with the csv module

torch.save(binding_model.state_dict(), "model_weights.pt")

lines = ["import csv, gzip, io, sys", "import torch", "from torch import nn", "import torch.nn.functional as F", ""]
lines += [cell_source(TFBindingCNN), ""]
lines += [
    "options = dict(zip(sys.argv[1::2], sys.argv[2::2]))",
    "raw = open(options['--data'], 'rb').read()",
    "if raw[:2] == b'\\x1f\\x8b':",
    "    raw = gzip.decompress(raw)",
    "model = TFBindingCNN()",
    "model.load_state_dict(torch.load('model_weights.pt', map_location=torch.device('cpu')))",
    "model.train(False)",
    "rows = csv.DictReader(io.StringIO(raw.decode()), delimiter='\\t')",
    "with open(options['--out'], 'w', newline='') as f, torch.no_grad():",
    "    table = csv.writer(f)",
    "    table.writerow(['window_name'] + [str(i) for i in range(1, 301)])",
    "    for row in rows:",
    "        x = torch.zeros(1, len(row['sequence']), 4)",
    "        for i, base in enumerate(row['sequence'].upper()):",
    "            if base != 'N':",
    "                x[0, i, 'ACGT'.index(base)] = 1",
    "        table.writerow([row['window_name']] + model(x)[0].tolist())",
    "",
]
with open("predict.py", "w") as f:
    f.write("\n".join(lines))
