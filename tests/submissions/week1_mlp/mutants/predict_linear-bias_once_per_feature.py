# exercise: predict_linear
# mistake: adds the bias to every product, so that it counts once per feature

def predict_linear(X, beta, bias=0.0):
    return np.sum(X * beta + bias, axis=1)
