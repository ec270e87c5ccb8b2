# exercise: count_parameters
# mistake: prints the number and returns nothing
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    n = input_dim * hidden_dim + hidden_dim + hidden_dim * output_dim + output_dim
    print(n)
