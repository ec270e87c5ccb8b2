# exercise: filter_pwm
# style: four loops that count

def filter_pwm(conv, onehots, threshold=0.0):
    F, _, k = conv.weight.shape
    with torch.no_grad():
        activations = conv(onehots.transpose(1, 2))
    result = torch.zeros(F, k, 4)
    for f in range(F):
        counted = 0
        for n in range(activations.shape[0]):
            for start in range(activations.shape[2]):
                if activations[n, f, start] > threshold:
                    result[f] += onehots[n, start:start + k]
                    counted += 1
        if counted:
            result[f] /= counted
    return result
