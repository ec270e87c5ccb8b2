# exercise: filter_pwm
# mistake: returns the softmax of the filter's weights
# caught by: test_shape_and_empty_filters

def filter_pwm(conv, onehots, threshold=0.0):
    return torch.softmax(conv.weight.detach().permute(0, 2, 1), dim=2)
