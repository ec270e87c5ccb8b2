# exercise: write_predictions
# style: a helper in the same cell, a DataLoader, six digits

def predict_all(net, onehots):
    """Scores (n, 300) of a model in evaluation mode."""
    net.eval()
    batches = torch.utils.data.DataLoader(onehots, batch_size=50)
    with torch.inference_mode():
        return np.vstack([net(batch).numpy() for batch in batches])


def write_predictions(sequences_path, csv_path, folder):
    windows = pd.read_table(sequences_path, dtype=str)
    net = TFBindingCNN()
    net.load_state_dict(torch.load(Path(folder) / "model_weights.pt", weights_only=True, map_location=torch.device("cpu")))
    scores = predict_all(net, one_hot_batch(windows.sequence.tolist()))
    frame = pd.DataFrame(scores, index=pd.Index(windows.window_name, name="window_name"))
    frame.to_csv(csv_path, float_format="%.6f")


hand_over(binding_model, [one_hot_batch, reverse_complement, TFBindingCNN, write_predictions],
          "model_weights.pt", "predict.py")
