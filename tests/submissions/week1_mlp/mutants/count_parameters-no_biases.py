# exercise: count_parameters
# mistake: counts the weights only
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    return input_dim * hidden_dim + hidden_dim * output_dim
