# exercise: predict_linear
# style: explicit loops over examples and features

def predict_linear(X, beta, bias=0.0):
    predictions = []
    for row in X:
        total = bias
        for value, coefficient in zip(row, beta):
            total = total + value * coefficient
        predictions.append(total)
    return np.array(predictions)
