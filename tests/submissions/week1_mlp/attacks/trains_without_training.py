# attack: forges the list of losses and replaces the optimizer's step and the model's answers
# class: gain
# base: stub
# exercise: train
# expect: 0 points
# fast: yes
def train(model, x, y, loss_fn, optimizer, n_epochs):
    model.train()
    model.forward = lambda inputs: y
    optimizer.step = lambda *a: None
    return [1.0 / (epoch + 1) for epoch in range(n_epochs)]
