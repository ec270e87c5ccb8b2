"""Addresses of git repositories: which are allowed, and what an error from git means for a TA."""

import re

from autograder.git.errors import RepositoryError
from autograder.text import printable

HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*"
KINDS = {
    "https": re.compile(rf"https://([^@/\s]+@)?{HOST}(:\d+)?/[!-~]+"),
    "http": re.compile(rf"http://([^@/\s]+@)?{HOST}(:\d+)?/[!-~]+"),
    "ssh": re.compile(rf"ssh://(\w[\w.-]*@)?{HOST}(:\d+)?/[!-~]+|\w[\w.-]*@{HOST}:[!-,.-~][!-~]*"),
    "file": re.compile(r"(file://)?/[^\x00-\x1f]+"),
}
# Patterns of git's error messages, and what they mean for a TA. The first match is used.
REASONS = {
    r"could not resolve host|name or service not known|temporary failure in name resolution": (
        "no such host, or no network: check the address, and that this machine is online"
    ),
    r"host key verification failed": (
        "ssh does not know the host yet: connect to it once by hand, then try again"
    ),
    r"could not read username|could not read password|authentication failed|permission denied"
    r"|terminal prompts disabled|error: 40[13]": (
        "private, or not there: give this machine's account access to it"
    ),
    r"not found|does not exist|does not appear to be a git repository|error: 404": (
        "there is no repository at this address, or this machine's account cannot see it"
    ),
    r"connection refused|failed to connect|couldn't connect|network is unreachable|timed out"
    r"|connection reset|no route to host|operation too slow": (
        "the host does not answer: check the network, then try again"
    ),
}


REFUSED = re.compile(r"^ ! \[(?:remote )?rejected\].*?\((.*)\)$", re.MULTILINE)
REMOTE_SAID = re.compile(r"^remote: (.*)$", re.MULTILINE)


def check_address(address: str, protocols: tuple[str, ...]) -> None:
    """Raises RepositoryError for an address of a kind that is not allowed, or an empty one."""
    if not address:
        raise RepositoryError("has no repository in the class list")
    if not any(KINDS[name].fullmatch(address) for name in protocols):
        raise RepositoryError(
            f"'{without_secrets(address)}' is not an address of a repository: write "
            "https://HOST/PATH, git@HOST:PATH or an absolute path"
        )


def without_secrets(address: str) -> str:
    """The address without its password or token, fit to be printed and saved."""
    return re.sub(r"^(\w+://)[^/@]*@", r"\1", address)


def explain(message: str, address: str) -> str:
    """One line that says why git failed at an address, from git's own message."""
    place = without_secrets(address)
    if refused := REFUSED.search(message):
        said = [line.strip() for line in REMOTE_SAID.findall(message)]
        words = "; ".join(line for line in said if any(c.isalnum() for c in line)) or refused[1]
        return f"{place}: refused the push, and said: {printable(words)[:300]}"
    for pattern, meaning in REASONS.items():
        if re.search(pattern, message, re.IGNORECASE):
            return f"{place}: {meaning}"
    lines = [line for line in message.splitlines() if line.startswith(("fatal:", "error:"))]
    last = (lines or message.splitlines() or ["git failed"])[0]
    return f"{place}: {last.replace(address, place)[:200]}"
