# exercise: count_parameters
# mistake: assumes that there is one output
# caught by: test_other_sizes

def count_parameters(input_dim, hidden_dim, output_dim):
    return hidden_dim * (input_dim + 1) + hidden_dim + 1
