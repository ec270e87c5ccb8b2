# exercise: count_parameters
# mistake: returns weights and biases as two numbers instead of their sum
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    weights = input_dim * hidden_dim + hidden_dim * output_dim
    biases = hidden_dim + output_dim
    return weights, biases
