# exercise: count_parameters
# style: lists the shapes of weights and biases and multiplies them out

import math


def count_parameters(input_dim, hidden_dim, output_dim):
    shapes = {
        "W1": (hidden_dim, input_dim),
        "b1": (hidden_dim,),
        "W2": (output_dim, hidden_dim),
        "b2": (output_dim,),
    }
    return sum(math.prod(shape) for shape in shapes.values())
