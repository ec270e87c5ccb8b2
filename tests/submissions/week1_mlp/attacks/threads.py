# attack: starts threads without end
# class: harm
# base: stub
# expect: no more points than base
# fast: yes
# limit: 40
import threading, time
while True:
    try:
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    except RuntimeError:
        pass
