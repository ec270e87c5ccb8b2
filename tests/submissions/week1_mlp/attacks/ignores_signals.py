# attack: ignores every signal and exception, and goes on
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import signal
for number in range(1, 64):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
