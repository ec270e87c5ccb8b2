# exercise: count_parameters
# mistake: forgets the biases of the output layer
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    hidden = (input_dim + 1) * hidden_dim
    output = hidden_dim * output_dim
    return hidden + output
