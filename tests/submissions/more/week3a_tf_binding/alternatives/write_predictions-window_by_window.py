# exercise: write_predictions
# style: the csv module, one window at a time

import csv


def write_predictions(sequences_path, csv_path, folder):
    net = TFBindingCNN()
    net.load_state_dict(torch.load(folder / "model_weights.pt", map_location="cpu"))
    net.train(False)
    windows = pd.read_csv(sequences_path, sep="\t")
    with open(csv_path, "w", newline="") as file, torch.no_grad():
        table = csv.writer(file)
        table.writerow(["window_name"] + [str(i) for i in range(300)])
        for name, sequence in zip(windows["window_name"], windows["sequence"]):
            table.writerow([name] + net(one_hot_batch([sequence]))[0].tolist())


hand_over(binding_model, [one_hot_batch, reverse_complement, TFBindingCNN, write_predictions],
          "model_weights.pt", "predict.py")
