# attack: registers transformers of code and formatters of results that stall or raise
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import time
ip = get_ipython()
def stall(lines):
    time.sleep(10**6)
    return lines
ip.input_transformers_cleanup.append(stall)
ip.display_formatter.format = stall
ip.showtraceback = stall
