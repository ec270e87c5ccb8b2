# exercise: count_parameters
# mistake: counts the parameter tensors instead of the numbers in them
# caught by: test_worked_case

def count_parameters(input_dim, hidden_dim, output_dim):
    model = nn.Sequential(nn.Linear(input_dim, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, output_dim))
    return len(list(model.parameters()))
