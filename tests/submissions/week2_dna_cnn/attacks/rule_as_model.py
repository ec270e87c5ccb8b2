# attack: computes the rule that made the data, and calls it a trained network
# class: gain
# base: stub
# exercise: cnn_model
# expect: 0 points
class Rule(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoy = nn.Conv1d(4, 32, 3)
    def forward(self, x):
        points = torch.tensor([20.0, 17.0, 14.0, 11.0])
        x = x if x.shape[-1] == 4 else x.transpose(1, 2)
        words = ["".join("ACGT"[i] for i in row.argmax(-1)) for row in x]
        bonus = torch.tensor([10.0 * ("TAT" in w) - 10.0 * ("GCG" in w) for w in words])
        return ((x @ points).mean(1) + bonus).unsqueeze(1) + 0 * self.decoy.weight.sum()
cnn_model = Rule()
cnn_losses = ([1.0, 0.5], [1.0, 0.5])
