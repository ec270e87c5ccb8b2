# attack: leaves destructors, exit handlers and non-daemon threads that never end
# class: harm
# base: stub
# expect: no more points than base
# fast: yes
# limit: 40
import atexit, threading, time, weakref
class Slow:
    def __del__(self):
        while True:
            time.sleep(1)
stay = Slow()
atexit.register(time.sleep, 10**6)
threading.Thread(target=time.sleep, args=(10**6,), daemon=False).start()
