# attack: reads the course, the home folder, other submissions, and everything that find can see
# class: leak
# base: stub
# expect: no more points than base
# fast: yes
import glob, os
found = []
for top in ("@COURSE@", "@HOME@", "@NEIGHBOR@", "/root", "/home", "/work", "/srv", "/mnt", "/media", "/var",
            "/etc", "/run", "/opt", "..", "/proc/1/root@COURSE@", "/proc/self/root/../@COURSE@"):
    for folder, _, files in os.walk(top):
        for name in files[:100]:
            try:
                found.append(open(os.path.join(folder, name), "rb").read(100_000))
            except OSError:
                pass
        if len(found) > 3000:
            break
for data in found:
    at = data.find(b"canary")
    if at >= 0:
        print(data[at - 100 if at > 100 else 0 : at + 200])
print(len(found), "files")
