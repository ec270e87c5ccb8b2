"""A filter of system calls that no notebook needs and no namespace contains.

System V shared memory outlives the process that let it go and is on nobody's bill; the rest reach
far into the kernel. The program is classic BPF, as `seccomp(2)` describes it: load the
architecture, load the call's number, compare.
"""

import platform
import struct

# Call -> its number on each architecture, from the kernel's syscall tables.
FORBIDDEN = {
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "perf_event_open": (298, 241),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "memfd_secret": (447, 447),
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, NOT_PERMITTED = 0x7FFF0000, 0x00050001  # EPERM
X32 = 0x40000000  # numbers of another calling convention, which would pass the comparisons


def program() -> bytes | None:
    """The filter for this machine, or None on one whose call numbers are not known here."""
    if platform.machine() not in ARCHITECTURES:
        return None
    column, architecture = ARCHITECTURES[platform.machine()]
    numbers = [row[column] for row in FORBIDDEN.values()]
    count = len(numbers)
    lines = [(LOAD, 0, 0, 4), (EQUAL, 0, count + 3, architecture), (LOAD, 0, 0, 0)]
    lines.append((AT_LEAST, count + 1, 0, X32))
    lines += [(EQUAL, count - index, 0, number) for index, number in enumerate(numbers)]
    lines += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, NOT_PERMITTED)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
