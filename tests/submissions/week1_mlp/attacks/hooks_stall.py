# attack: registers IPython events that stall before and after every cell
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import time
def stall(*_):
    time.sleep(10**6)
ip = get_ipython()
for event in ("pre_execute", "pre_run_cell", "post_execute", "post_run_cell"):
    ip.events.register(event, stall)
