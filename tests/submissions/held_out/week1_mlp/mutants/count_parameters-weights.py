# exercise: count_parameters
# mistake: counts no biases
def count_parameters(input_dim, hidden_dim, output_dim):
    """Number of weights and biases of an MLP with one hidden layer.

    All three arguments are positive ints. Returns an int. Both layers have a bias.
    Compute it from the three sizes; no network needs to be built.
    """
    return input_dim * hidden_dim + hidden_dim * output_dim
