"""Addresses of git repositories: which are allowed, and what an error from git means for a TA."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

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


WITH_SECRETS = re.compile(r"(?P<scheme>https?://)(?P<secrets>[^@/\s]+)@(?P<rest>.+)", re.DOTALL)
REFUSED = re.compile(r"^ ! \[(?:remote )?rejected\].*?\((.*)\)$", re.MULTILINE)
REMOTE_SAID = re.compile(r"^remote: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Remote:
    """An address without its user and password, which git gets in another way; '' without any.

    They never stand on a command line, which every user of the machine can read.
    """

    address: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def read_remote(address: str) -> Remote:
    """The parts of an address that `check_address` accepts."""
    found = WITH_SECRETS.fullmatch(address)
    if found is None:
        return Remote(address)
    user, _, password = found["secrets"].partition(":")
    return Remote(found["scheme"] + found["rest"], unquote(user), unquote(password))


def check_address(address: str, protocols: tuple[str, ...]) -> None:
    """Raises RepositoryError for an address of a kind that is not allowed, or an empty one."""
    if not address:
        raise RepositoryError("has no repository in the class list")
    remote = read_remote(address)
    is_printable = (remote.user + remote.password).isprintable()  # `%0A` would end git's line
    if not is_printable or not any(KINDS[name].fullmatch(address) for name in protocols):
        raise RepositoryError(
            f"'{without_secrets(address)}' is not an address of a repository: write "
            "https://HOST/PATH, git@HOST:PATH or an absolute path"
        )


def without_secrets(address: str) -> str:
    """The address without its password or token, fit to be printed and saved.

    Where it is no valid address, nothing before its last `@` is shown, except the protocol.
    """
    if KINDS["ssh"].fullmatch(address) or KINDS["file"].fullmatch(address):
        return address
    if KINDS["https"].fullmatch(address) or KINDS["http"].fullmatch(address):
        return read_remote(address).address
    scheme = re.match(r"\w*:/*", address) if "://" in address else None
    kept = scheme[0] if scheme else ""
    return printable(kept + address.rpartition("@")[2].removeprefix(kept))


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
    return f"{place}: {printable(last.replace(address, place))[:200]}"
