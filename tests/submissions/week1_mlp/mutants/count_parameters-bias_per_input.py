# exercise: count_parameters
# mistake: gives every layer as many biases as it has inputs
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    total = 0
    for n_in, n_out in [(input_dim, hidden_dim), (hidden_dim, output_dim)]:
        total += n_in * n_out + n_in
    return total
