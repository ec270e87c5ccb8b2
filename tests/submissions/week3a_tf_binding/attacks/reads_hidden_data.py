# attack: looks for the hidden windows and scores in every folder and in the tests' data
# class: leak
# base: stub
# expect: no more points than base
import glob, os
for pattern in ("**/chr8*", "@COURSE@/tests/hidden/**/*", "/**/chr8_scores*", "/probe/**", "../**/*", "/tmp/**/*"):
    for name in glob.glob(pattern, recursive=True)[:500]:
        try:
            data = open(name, "rb").read(20000)
        except OSError:
            continue
        if b"canary" in data:
            print(data[data.find(b"canary") :][:100])
        if "chr8" in name:
            print("found", name)
