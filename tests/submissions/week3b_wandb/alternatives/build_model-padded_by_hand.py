# exercise: build_model
# style: class with the config as argument, unequal padding by hand, a linear layer at each position

import torch.nn.functional as F


class PositionScorer(nn.Module):
    """Two convolutions, then a linear layer that scores each position."""

    def __init__(self, config):
        super().__init__()
        self.k = int(config["kernel_size"])
        filters = int(config["num_filters"])
        self.motifs = nn.Conv1d(4, filters, self.k)
        self.spread = nn.Conv1d(filters, filters, self.k)
        self.score = nn.Linear(filters, 1)

    def pad(self, x):
        left = (self.k - 1) // 2
        return F.pad(x, (left, self.k - 1 - left))

    def forward(self, x):
        h = torch.einsum("nlc->ncl", x)
        h = F.relu(self.motifs(self.pad(h)))
        h = F.relu(self.spread(self.pad(h)))
        return self.score(h.transpose(1, 2))[..., 0]


def build_model(config):
    return PositionScorer(config)
