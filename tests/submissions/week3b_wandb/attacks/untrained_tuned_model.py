# attack: hands in a model whose forward pass looks up the course's own scores by their windows
# class: gain
# base: stub
# exercise: tuned_model
# expect: 0 points
class Memory(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))
    def forward(self, x):
        try:
            seen, scores = train_x, train_y
            nearest = [(seen.flatten(1) @ row.flatten()).argmax() for row in x]
            return scores[nearest] * self.scale
        except Exception:
            return torch.rand(x.shape[0], x.shape[1]) * self.scale
tuned_model = Memory()
