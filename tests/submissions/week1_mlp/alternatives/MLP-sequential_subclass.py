# exercise: MLP
# style: inherits from nn.Sequential and writes no forward

class MLP(nn.Sequential):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__(
            nn.Linear(input_dim, hidden_dim),
            nn.ReLU(),
            nn.Linear(hidden_dim, output_dim),
        )
