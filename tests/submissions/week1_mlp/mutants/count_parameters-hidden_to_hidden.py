# exercise: count_parameters
# mistake: adds a second hidden layer of the same width
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    sizes = [input_dim, hidden_dim, hidden_dim, output_dim]
    total = 0
    for a, b in zip(sizes[:-1], sizes[1:]):
        total += a * b + b
    return total
