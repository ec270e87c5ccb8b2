"""Addresses of git repositories: which kinds are fetched from, and what it means when one fails."""

import re

from autograder.collect.store import NotTaken

HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*"
KINDS = {
    "https": re.compile(rf"https://([^@/\s]+@)?{HOST}(:\d+)?/[!-~]+"),
    "http": re.compile(rf"http://([^@/\s]+@)?{HOST}(:\d+)?/[!-~]+"),
    "ssh": re.compile(rf"ssh://(\w[\w.-]*@)?{HOST}(:\d+)?/[!-~]+|\w[\w.-]*@{HOST}:[!-,.-~][!-~]*"),
    "file": re.compile(r"(file://)?/[^\x00-\x1f]+"),
}
# What git says, in its own English, and what that means to a TA. The first that fits counts.
REASONS = {
    r"could not resolve host|name or service not known|temporary failure in name resolution": (
        "no such host, or no network: look at the address, and whether this machine is online"
    ),
    r"host key verification failed": (
        "ssh does not know the host yet: connect to it once by hand, then collect again"
    ),
    r"could not read username|could not read password|authentication failed|permission denied"
    r"|terminal prompts disabled|error: 40[13]": (
        "private, or not there: give this machine's account the right to read it"
    ),
    r"not found|does not exist|does not appear to be a git repository|error: 404": (
        "there is no repository at this address, or none that this machine's account may see"
    ),
    r"connection refused|failed to connect|couldn't connect|network is unreachable|timed out"
    r"|connection reset|no route to host|operation too slow": (
        "the host does not answer: look at the network, then collect again"
    ),
}


def check_address(address: str, protocols: tuple[str, ...]) -> None:
    """Raises NotTaken for an address that is not fetched from."""
    if not address:
        raise NotTaken("has no repository in the class list")
    if not any(KINDS[name].fullmatch(address) for name in protocols):
        raise NotTaken(
            f"'{shown(address)}' is no address to collect from: write https://HOST/PATH, "
            "git@HOST:PATH or an absolute path"
        )


def shown(address: str) -> str:
    """An address to print and to keep: without a password or token."""
    return re.sub(r"^(\w+://)[^/@]*@", r"\1", address)


def reason(said: str, address: str) -> str:
    """Why git could not read a repository, in one line."""
    place = shown(address)
    for pattern, meaning in REASONS.items():
        if re.search(pattern, said, re.IGNORECASE):
            return f"{place}: {meaning}"
    lines = [line for line in said.splitlines() if line.startswith(("fatal:", "error:"))]
    last = (lines or said.splitlines() or ["git failed"])[0]
    return f"{place}: {last.replace(address, place)[:200]}"
