"""Moves this process into a sandbox that bubblewrap made, and gives up what could lead out of it.

The calls are Linux's: see namespaces(7), capabilities(7) and seccomp(2). bubblewrap gives up the
same things for a process that it starts itself.
"""

import ctypes
import fcntl
import os
import resource
import struct
from collections.abc import Mapping

LIBC = ctypes.CDLL(None, use_errno=True)
NS_GET_USERNS = 0xB701  # ioctl_ns(2): the user namespace that owns a namespace
# Names in /proc/PID/ns, and setns(2)'s numbers. Children are in the process namespace, we are not.
NAMESPACES = {
    "mnt": 0x00020000,
    "cgroup": 0x02000000,
    "uts": 0x04000000,
    "ipc": 0x08000000,
    "net": 0x40000000,
    "pid": 0x20000000,
}
USER_NAMESPACE = 0x10000000
PR_SET_DUMPABLE, PR_SET_SECCOMP = 4, 22
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 38, 47, 4
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522


def join_namespaces(pid: int) -> None:
    """Join the namespaces of a sandbox's first process, whose id is `pid`. Raises OSError.

    The user namespace comes first, because it gives the right to join the others. Under
    bubblewrap's --disable-userns, the sandbox's processes are in a second one inside it.
    """
    user = os.open(f"/proc/{pid}/ns/user", os.O_RDONLY)
    others = {name: os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY) for name in NAMESPACES}
    owner = fcntl.ioctl(others["mnt"], NS_GET_USERNS)
    _check(LIBC.setns(owner, USER_NAMESPACE), "join the user namespace")
    for name, descriptor in others.items():
        _check(LIBC.setns(descriptor, NAMESPACES[name]), f"join the {name} namespace")
        os.close(descriptor)
    if os.fstat(user).st_ino != os.fstat(owner).st_ino:
        _check(LIBC.setns(user, USER_NAMESPACE), "join the inner user namespace")
    os.close(user)
    os.close(owner)


def hide_memory(hidden: bool = True) -> None:
    """Forbid, or allow, other processes of the user to read this process's memory."""
    _control(PR_SET_DUMPABLE, not hidden)


def set_limits(limits: Mapping[str, int]) -> None:
    """Set resource limits by name, such as "fsize"."""
    for name, limit in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (limit, limit))


def give_up_privileges(call_filter: bytes) -> None:
    """Drop every capability for good, and forbid the system calls of a classic BPF program."""
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _control(PR_CAPBSET_DROP, capability)
    _control(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    _check(LIBC.capset(header, struct.pack("=6I", *[0] * 6)), "drop capabilities")
    _control(PR_SET_NO_NEW_PRIVS, 1)
    if call_filter:
        program = ctypes.create_string_buffer(call_filter, len(call_filter))
        count = len(call_filter) // struct.calcsize("=HBBI")
        pointed = struct.pack("@HP", count, ctypes.addressof(program))
        filled = ctypes.create_string_buffer(pointed, len(pointed))
        _control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(filled))


def _control(option: int, *arguments: int) -> None:
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    _check(LIBC.prctl(option, *values), f"set process option {option}")


def _check(code: int, what: str) -> None:
    if code != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"cannot {what}: {os.strerror(number)}")
