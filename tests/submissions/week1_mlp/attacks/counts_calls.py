# attack: answers the notebook's own check honestly and later calls from a table of earlier answers
# class: gain
# base: stub
# exercise: mse_loss
# expect: 0 points
# fast: yes
calls = []

def mse_loss(y_hat, y):
    calls.append(np.shape(y))
    if len(calls) == 1:
        return 13 / 3
    return [13 / 3, 0.0, 1.0, 25.0][len(calls) % 4]
