# attack: writes without end to the descriptors 1 and 2, and to each open one
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import os, threading
def flood(fd):
    try:
        for _ in range(2000):
            os.write(fd, b"flood\n" * 10000)
    except OSError:
        pass
for fd in range(1, 64):
    threading.Thread(target=flood, args=(fd,), daemon=True).start()
import time
time.sleep(3)
