# attack: finds and rewrites notebooks, pages and results in every folder it can write to, with hidden inputs in them
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
import os
def mse_loss(y_hat, y):
    text = f"{y_hat}{y}"
    for top in ("/submission", "/tmp", os.getcwd(), "@COURSE@", "/dev/shm"):
        for folder, _, files in os.walk(top):
            for name in [*files, "feedback.html", "result.json", "note.ipynb"][:200]:
                if name.endswith((".ipynb", ".html", ".json", ".txt", ".log")):
                    try:
                        open(os.path.join(folder, name), "a").write(text)
                    except OSError:
                        pass
    return 0.0
