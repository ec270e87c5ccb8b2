# exercise: cubic_model
# mistake: writes the formula into a module that has nothing to train
# caught by: test_form

class Cube(nn.Module):
    def forward(self, x):
        return x ** 3

cubic_model = Cube().to(device)
