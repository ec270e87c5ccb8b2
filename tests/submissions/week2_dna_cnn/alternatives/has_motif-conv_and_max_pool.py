# exercise: has_motif
# style: functional convolution and adaptive max pooling
def has_motif(onehot, pwm, threshold):
    scores = F.conv1d(onehot.T.unsqueeze(0), pwm.T.unsqueeze(0))
    return F.adaptive_max_pool1d(scores, 1).item() >= threshold
