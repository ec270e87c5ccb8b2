# attack: prints, displays and raises more than any page can hold
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
from IPython.display import HTML, display
import sys
line = "x" * 10**6
for _ in range(300):
    print(line)
    sys.stderr.write(line)
    display(HTML(line))
raise ValueError(line * 20)
