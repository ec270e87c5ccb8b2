# exercise: write_predictions
# mistake: writes a tab-separated table
# caught by: test_runs_by_itself

def write_predictions(sequences_path, csv_path, folder):
    table = pd.read_csv(sequences_path, sep="\t")
    model = TFBindingCNN()
    model.load_state_dict(torch.load(folder / "model_weights.pt", map_location="cpu"))
    model.eval()
    parts = []
    with torch.no_grad():
        for start in range(0, len(table), 64):
            x = one_hot_batch(table["sequence"].tolist()[start : start + 64])
            parts.append(model(x).numpy())
    scores = np.concatenate(parts)
    out = pd.DataFrame(scores, columns=[str(i) for i in range(300)])
    out.insert(0, "window_name", table["window_name"])
    out.to_csv(csv_path, index=False, sep="\t")


hand_over(binding_model, [one_hot_batch, reverse_complement, TFBindingCNN, write_predictions],
          "model_weights.pt", "predict.py")
