# attack: hands in a named pipe, and links that lead in circles, which a reader would wait on
# class: harm
# base: stub
# expect: no more points than base
# --- build:
import os
os.mkfifo(folder / "data.csv")
(folder / "loop").symlink_to(folder)
(folder / "self").symlink_to("self")
