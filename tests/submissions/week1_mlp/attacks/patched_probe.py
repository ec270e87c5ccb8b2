# attack: replaces the probe's codec, kernel and guard with functions that forge a passed answer
# class: gain
# base: stub
# expect: 0 points
# fast: yes
import gc, json, sys
for name, module in list(sys.modules.items()):
    if "probe" in name:
        for attribute in ("encode", "decode", "describe", "class_name", "plain"):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *a, **k: ('{"status": "passed", "points": 99}', b""))
kernel = get_ipython().kernel
answers = iter(range(10**6))
kernel.answer = lambda content, blob: ({"status": "ok", "text": "true", "passed": True, "score": 99}, b"")
json.dumps_ = json.dumps
for thing in gc.get_objects():
    if type(thing).__name__ == "Guard":
        thing.tidy = thing.clean_names = lambda *a: []
