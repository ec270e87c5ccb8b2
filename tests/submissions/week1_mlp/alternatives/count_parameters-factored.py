# exercise: count_parameters
# style: one factored formula

count_parameters = lambda input_dim, hidden_dim, output_dim: hidden_dim * (input_dim + output_dim + 1) + output_dim
