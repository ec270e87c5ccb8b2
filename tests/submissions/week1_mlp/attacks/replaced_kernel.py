# attack: replaces the kernel's process by another program that keeps its sockets' folder
# class: gain
# base: stub
# expect: 0 points
# limit: 40
import os, sys
program = "import time\nprint('passed', flush=True)\ntime.sleep(3)\n"
os.execv(sys.executable, [sys.executable, "-c", program])
