# exercise: normal_equation
# style: computes in torch and goes back to numpy

def normal_equation(X, y):
    A = torch.from_numpy(np.array(X, dtype=float))
    b = torch.from_numpy(np.array(y, dtype=float)).unsqueeze(1)
    solution = torch.linalg.lstsq(A, b).solution
    return solution.squeeze(1).numpy()
