# attack: hands in links to the course, the home folder and another submission
# class: leak
# base: stub
# expect: no more points than base
# fast: yes
import os
for name in sorted(os.listdir(".")):
    try:
        print(name, open(name, errors="replace").read()[:500])
    except OSError as error:
        print(name, type(error).__name__)
    if os.path.isdir(name):
        for folder, _, files in os.walk(name, followlinks=True):
            for file in files[:20]:
                try:
                    print(open(os.path.join(folder, file), errors="replace").read()[:300])
                except OSError:
                    pass
# --- build:
(folder / "a.txt").symlink_to("@COURSE@/canary.txt")
(folder / "b").symlink_to("@HOME@")
(folder / "c").symlink_to("@COURSE@")
(folder / "d").symlink_to("@NEIGHBOR@")
(folder / "e.txt").symlink_to("../../neighbor-0/week1_mlp/hands-on-introduction_to_deep_learning.ipynb")
