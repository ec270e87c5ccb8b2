# attack: makes the kernel answer every request with well-formed numbers and arrays, not the values
# class: gain
# base: stub
# expect: 0 points
import sys
kernel = get_ipython().kernel
codec = sys.modules[type(kernel).__module__.replace("kernel", "codec")] if "autograder" in type(kernel).__module__ else None
codec = codec or next(m for n, m in sys.modules.items() if n.endswith("probe.codec"))
honest, hold = codec.encode, kernel.hold
def answer(content, blob):
    request = codec.decode(content["text"], blob, kernel.held.__getitem__)
    if content["operation"] == "find":
        text, out = honest(lambda *a, **k: 0.0, hold)
    else:
        text, out = honest(np.zeros(3), hold)
    return {"status": "ok", "text": text}, out
kernel.answer = answer
