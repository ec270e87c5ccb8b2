# exercise: normal_equation
# mistake: returns the whole answer of lstsq, of which the solution is only the first part
# caught by: test_worked_case

def normal_equation(X, y):
    return np.linalg.lstsq(X, y, rcond=None)
