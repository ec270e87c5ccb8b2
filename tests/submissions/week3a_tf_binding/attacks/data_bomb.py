# attack: replaces the week's data by files that unpack to terabytes
# class: harm
# base: stub
# expect: no more points than base
# --- build:
import gzip, shutil
(folder / "data").mkdir(exist_ok=True)
bomb = gzip.compress(b"\0" * 2**26)
for name in ("chr1_sequences.txt.gz", "sequences.txt.gz", "scores.txt.gz"):
    (folder / "data" / name).write_bytes(bomb * 40)
