# attack: hands in modules named torch, numpy, ipykernel and json that say every comparison holds
# class: gain
# base: stub
# expect: 0 points
import importlib, sys
sys.path.insert(0, "")
# --- file: torch.py
allclose = equal = lambda *a, **k: True
class Tensor: pass
# --- file: numpy.py
allclose = array_equal = isclose = lambda *a, **k: True
class ndarray: pass
# --- file: json.py
def loads(text): return {"passed": True, "score": 100}
def dumps(value): return '{"passed": true}'
# --- file: ipykernel.py
raise SystemExit("forged")
# --- file: zmq.py
raise SystemExit("forged")
