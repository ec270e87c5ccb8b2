# attack: forks without end
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
