# attack: writes links and pipes in place of the files that the grader reads from the notebook's folder
# class: leak
# base: stub
# expect: 0 points
import os
os.symlink("@COURSE@/canary.txt", "predict.py")
os.mkfifo("model_weights.pt")
os.symlink("@NEIGHBOR@", "predictions")
