# attack: returns zeros of the right shape and type everywhere
# class: gain
# base: stub
# exercise: one_hot_batch
# expect: 0 points
def one_hot_batch(sequences):
    return torch.zeros(len(sequences), len(sequences[0]), 4)
# --- exercise: load_windows
def load_windows(sequences_path, scores_path):
    return [], [], np.zeros((0, 300), dtype=np.float32)
# --- exercise: reverse_complement
def reverse_complement(onehot):
    return torch.zeros_like(onehot)
# --- exercise: split_by_chromosome
def split_by_chromosome(names, held_out):
    return [], []
# --- exercise: BindingDataset
class BindingDataset(Dataset):
    def __init__(self, onehots, scores):
        self.n = len(onehots)
    def __len__(self): return self.n
    def __getitem__(self, i):
        return torch.zeros(300, 4), torch.zeros(300)
# --- exercise: TFBindingCNN
class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 1, 1)
    def forward(self, x):
        return torch.zeros(x.shape[0], x.shape[1]) + 0 * self.conv.weight.sum()
# --- exercise: fit
def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    return [0.0] * epochs, [0.0] * epochs
# --- exercise: pearson_per_sequence
def pearson_per_sequence(pred, obs):
    return np.zeros(len(pred))
# --- exercise: auroc
def auroc(positives, negatives):
    return 0.5
# --- exercise: in_silico_mutagenesis
def in_silico_mutagenesis(model, onehot):
    return torch.zeros(len(onehot), 4)
