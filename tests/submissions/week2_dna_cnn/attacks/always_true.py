# attack: answers every question about a motif with True
# class: gain
# base: stub
# exercise: has_motif
# expect: 0 points
def has_motif(onehot, pwm, threshold):
    return True
