# attack: fills the disk: large files, removed open files, and one file for each i-node
# class: harm
# base: stub
# expect: no more points than base
# limit: 40
import os
open_files = []
for i in range(10**9):
    f = open(f"file{i}", "wb")
    f.write(b"x" * 2**22)
    f.flush()
    os.unlink(f"file{i}")
    open_files.append(f)
    for j in range(200):
        os.makedirs(f"d/{i}/{j}", exist_ok=True)
