# attack: starts daemons in new sessions that outlive the kernel and keep its output open
# class: harm
# base: stub
# expect: no more points than base
# fast: yes
import os, subprocess, sys
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            import signal, time
            for number in (1, 2, 3, 15):
                signal.signal(number, signal.SIG_IGN)
            time.sleep(10**6)
        os._exit(0)
subprocess.Popen(["setsid", "nohup", "sleep", "1000000"], start_new_session=True)
