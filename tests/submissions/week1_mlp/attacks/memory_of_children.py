# attack: takes memory in many children that each stay below the limit
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import os, time
for _ in range(20):
    if os.fork() == 0:
        held = bytearray(300 * 2**20)
        for i in range(0, len(held), 4096):
            held[i] = 1
        time.sleep(1000)
time.sleep(1000)
