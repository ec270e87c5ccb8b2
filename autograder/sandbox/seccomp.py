"""A filter of system calls that no notebook needs and that namespaces do not contain.

System V shared memory stays after its process ends, and counts against no limit. The other calls
reach deep into the kernel. The program is classic BPF, as `seccomp(2)` describes: load the
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
X32 = 0x40000000  # numbers of another calling convention, which the comparisons would miss


def program() -> bytes | None:
    """The filter for this machine, or None if its call numbers are unknown."""
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
