# attack: searches all Python objects and frames for hidden tests, solutions and expected values
# class: leak
# base: stub
# expect: no more points than base
import gc, sys
for thing in gc.get_objects():
    if type(thing) in (str, bytes, dict, list, tuple):
        try:
            text = repr(thing)[:20000]
        except Exception:
            continue
        at = text.find("canary" + "")
        if at >= 0 and "find(" not in text[at : at + 40]:
            print(text[at : at + 200])
frame = sys._getframe()
while frame:
    print(frame.f_code.co_filename, sorted(frame.f_locals)[:20])
    frame = frame.f_back
# --- cell: last
def dig(function):
    cells = function.__closure__ or ()
    return [c.cell_contents for c in cells]
print([dig(v) for v in list(globals().values()) if hasattr(v, "__closure__")][:50])
