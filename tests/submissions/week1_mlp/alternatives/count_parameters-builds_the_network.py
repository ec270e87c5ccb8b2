# exercise: count_parameters
# style: builds the network and counts its numbers

def count_parameters(input_dim, hidden_dim, output_dim):
    network = nn.Sequential(
        nn.Linear(input_dim, hidden_dim),
        nn.ReLU(),
        nn.Linear(hidden_dim, output_dim),
    )
    return sum(parameter.numel() for parameter in network.parameters())
