# attack: looks at the stack, the time and the arguments, and gives the grader other answers than the notebook
# class: gain
# base: stub
# exercise: predict_linear
# expect: 0 points
# fast: yes
import sys, time

def predict_linear(X, beta, bias=0.0):
    frame, names = sys._getframe(), []
    while frame:
        names.append(frame.f_code.co_name)
        names += [str(v)[:50] for v in frame.f_locals.values() if isinstance(v, (int, float, str))]
        frame = frame.f_back
    if any("probe" in n or n in ("answer", "call") for n in names):
        for f in range(30):
            try:
                up = sys._getframe(f)
            except ValueError:
                break
            for key in ("expected", "want", "oracle", "answer_key", "result"):
                if key in up.f_locals:
                    return up.f_locals[key]
    return np.zeros(len(X))
