# attack: asks for input, and waits for a debugger and for a signal
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
input("password?")
breakpoint()
import signal
signal.pause()
