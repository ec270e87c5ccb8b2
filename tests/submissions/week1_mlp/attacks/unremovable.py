# attack: leaves folders without rights, deep paths, odd names, pipes and sockets for the grader to remove
# class: harm
# base: stub
# expect: no more points than base
# fast: yes
import os, socket
os.makedirs("a/b/c")
open("a/b/c/f", "w").close()
os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("sock")
open(b"\xff\xfe\n-rf *", "w").close()
here = os.getcwd()
for _ in range(3000):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
os.chdir(here)
os.chmod("a/b/c", 0)
os.chmod("a", 0)
