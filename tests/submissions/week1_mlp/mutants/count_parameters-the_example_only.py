# exercise: count_parameters
# mistake: returns the example's answer whatever the sizes are
# caught by: test_other_sizes

def count_parameters(input_dim, hidden_dim, output_dim):
    return 13
