# exercise: count_parameters
# mistake: counts a single bias for each layer
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    first = input_dim * hidden_dim + 1
    second = hidden_dim * output_dim + 1
    return first + second
