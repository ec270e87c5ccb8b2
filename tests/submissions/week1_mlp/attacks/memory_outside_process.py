# attack: fills memory that belongs to no process: memfd, /dev/shm, shared mappings, System V
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import mmap, os
block = b"x" * 2**24
fd = os.memfd_create("hidden")
shared = []
try:
    with open("/dev/shm/full", "wb") as f:
        while True:
            f.write(block)
except OSError:
    pass
while True:
    os.write(fd, block)
    shared.append(mmap.mmap(-1, 2**24))
    shared[-1].write(block)
