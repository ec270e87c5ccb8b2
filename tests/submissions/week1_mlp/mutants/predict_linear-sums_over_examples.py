# exercise: predict_linear
# mistake: sums down the columns instead of along the rows
# caught by: test_worked_case

def predict_linear(X, beta, bias=0.0):
    products = X * beta
    return products.sum(axis=0) + bias
