# exercise: count_parameters
# style: a loop over the layer sizes, with type hints

def count_parameters(input_dim: int, hidden_dim: int, output_dim: int) -> int:
    sizes = [input_dim, hidden_dim, output_dim]
    total = 0
    for n_in, n_out in zip(sizes, sizes[1:]):
        total += (n_in + 1) * n_out
    return total
