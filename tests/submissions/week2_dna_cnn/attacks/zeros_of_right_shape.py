# attack: returns zeros of the right shape and type everywhere
# class: gain
# base: stub
# exercise: one_hot_encode
# expect: 0 points
def one_hot_encode(seq, alphabet="ACGT"):
    return torch.zeros(len(seq), 4)
# --- exercise: score_sequence
def score_sequence(seq):
    return 0.0
# --- exercise: pwm_from_sites
def pwm_from_sites(sites, background=(0.25, 0.25, 0.25, 0.25), pseudocount=1.0):
    return torch.zeros(len(sites[0]), 4)
# --- exercise: pwm_scan
def pwm_scan(onehot, pwm):
    return torch.zeros(len(onehot) - len(pwm) + 1)
# --- exercise: pwm_to_conv
def pwm_to_conv(pwm):
    return nn.Conv1d(4, 1, len(pwm), bias=False)
# --- exercise: split_words
def split_words(words, fractions, seed):
    return [], [], []
# --- exercise: DNALinear
class DNALinear(nn.Module):
    def __init__(self, seq_len):
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(1))
    def forward(self, x):
        return torch.zeros(len(x), 1) + 0 * self.unused
# --- exercise: DNACNN
class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv1d = nn.Conv1d(4, num_filters, kernel_size)
    def forward(self, x):
        return torch.zeros(len(x), 1) + 0 * self.conv1d.weight.sum()
# --- exercise: train_model
def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    return [0.0] * epochs, [0.0] * epochs
# --- exercise: filter_pwm
def filter_pwm(conv, onehots, threshold=0.0):
    return torch.zeros(conv.out_channels, conv.kernel_size[0], 4)
# --- exercise: score_by_position
def score_by_position(seq):
    return 0.0
