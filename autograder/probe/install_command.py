"""What a shell command would install, and whether that is there already.

It knows the usual installers, pipes, redirections and several commands in a line. It runs nothing.
"""

import importlib.util
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import zip_longest

VERBS = frozenset(("install", "add", "create", "download", "update", "upgrade"))
PYTHON_INSTALLERS = frozenset(("pip", "pipx", "conda", "mamba", "micromamba", "uv", "poetry"))
SYSTEM_INSTALLERS = frozenset(("apt", "apt-get", "aptitude", "brew", "dnf", "yum"))
BEFORE_A_COMMAND = frozenset(
    ("sudo", "env", "time", "nohup", "command", "exec", "then", "else", "do", "!", "{")
)
SEPARATORS = (";", "&", "|", "(", ")", "\n")
WITHOUT_EFFECT = frozenset(("yes", "true", ":"))
# Options that take the next word as their value.
VALUED = frozenset(
    (
        "-c", "-f", "-i", "-n", "-p", "-t", "--abi", "--cache-dir", "--cert", "--channel",
        "--constraint", "--extra-index-url", "--find-links", "--implementation", "--index-url",
        "--log", "--name", "--no-binary", "--only-binary", "--platform", "--prefix",
        "--progress-bar", "--proxy", "--python", "--python-version", "--retries", "--root", "--src",
        "--target", "--timeout", "--trusted-host", "--upgrade-strategy",
    )
)  # fmt: skip
REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?\s*(.*)")
CLAUSE = re.compile(r"\s*(===?|=|>=|<=|>|<|!=|~=)\s*([\w.*+!-]+)\s*")
MAX_NAMES = 200  # characters of the names in an answer


@dataclass(frozen=True)
class Answer:
    """What is said to a command, and its exit status.

    The `text` is empty if there is nothing to say. A command that is `complete` does nothing but
    install, and need not run.
    """

    text: str = ""
    status: int = 0
    complete: bool = False


def answer(command: str) -> Answer:
    """The answer to a shell command: an empty one if it installs nothing."""
    absent: list[str] = []
    present: list[str] = []
    others = False
    for separator, words in _simple_commands(command):
        install = _install(words)
        if install is None:
            others |= separator != "|" and words[0] not in WITHOUT_EFFECT
            continue
        for name in install.names or ("anything",):
            version = _version_here(name) if install.of_python else ""
            (present if version else absent).append(version or name)
    if not absent and not present:
        return Answer()
    if absent:
        names = ", ".join(dict.fromkeys(absent))[:MAX_NAMES]
        text = (
            f"grading has no network, so it cannot install {names}: "
            "environment.md lists what is there"
        )
        return Answer(text, 1, not others)
    return Answer("" if others else f"already there: {', '.join(present)}", 0, not others)


def _simple_commands(command: str) -> Iterator[tuple[str, list[str]]]:
    """(the separator before it, its words) of each command in a line or script of a shell."""
    text = re.sub(r"(?m)(^|\s)#.*$", "", command.replace("\\\n", " "))
    lexer = shlex.shlex(text, posix=True, punctuation_chars="".join((*SEPARATORS, "<", ">")))
    lexer.whitespace, lexer.commenters, lexer.whitespace_split = " \t\r", "", True
    try:
        tokens = [*lexer, "\n"]
    except ValueError:  # a quote without its end
        tokens = [*text.split(), "\n"]
    separator, words, redirects = "", list[str](), False
    for token in tokens:
        if token.startswith(("<", ">")):
            redirects = True  # the next word names a file
            if words and words[-1].isdigit():
                words.pop()
        elif token.startswith(SEPARATORS):
            if words:
                yield separator, words
            separator, words, redirects = token, [], False
        elif redirects:
            redirects = False
        else:
            words.append(token)


@dataclass(frozen=True)
class _Install:
    """What a command would install. `of_python`: these are packages of Python, and no others."""

    names: tuple[str, ...]
    of_python: bool


def _install(words: Sequence[str]) -> _Install | None:
    """What a simple command would install, or None if it is not one that installs."""
    rest = list(words)
    while rest and (rest[0] in BEFORE_A_COMMAND or re.match(r"-|\w+=", rest[0])):
        rest.pop(0)
    program = os.path.basename(rest.pop(0)) if rest else ""
    if re.fullmatch(r"python[\d.]*", program):
        while rest[:1] != ["-m"] and rest and rest[0].startswith("-"):
            rest.pop(0)
        program, rest = (rest[1], rest[2:]) if rest[:1] == ["-m"] and rest[1:] else ("", [])
    program = re.sub(r"[\d.]+$", "", program)
    if program not in PYTHON_INSTALLERS | SYSTEM_INSTALLERS:
        return None
    positional, from_file = _positional(rest)
    if program == "uv" and positional[:1] in (["pip"], ["tool"]):
        positional.pop(0)
    if not positional or positional[0] not in VERBS:
        return None
    of_python = program in PYTHON_INSTALLERS and not from_file
    return _Install(tuple(positional[1:]), of_python)


def _positional(words: Sequence[str]) -> tuple[list[str], bool]:
    """(the words that are neither options nor their values, whether a file lists packages)."""
    left, positional, from_file = list(words), list[str](), False
    while left:
        word = left.pop(0)
        if word in VALUED:
            del left[:1]
        elif word.startswith(("-r", "-e", "--requirement", "--editable")):
            from_file = True
        elif not word.startswith("-"):
            positional.append(word)
    return positional, from_file


def _version_here(requirement: str) -> str:
    """'NAME VERSION' of what meets a requirement here, or '' if nothing does."""
    match = REQUIREMENT.fullmatch(requirement)
    if match is None:
        return ""
    name, clauses = match.groups()
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        # The name of a module, as in `pip install sklearn`.
        return name if _is_module(name) and not clauses else ""
    parsed = [CLAUSE.fullmatch(clause) for clause in clauses.split(",")] if clauses else []
    return f"{name} {version}" if all(c and _fits(version, c[1], c[2]) for c in parsed) else ""


def _is_module(name: str) -> bool:
    try:
        return name.isidentifier() and importlib.util.find_spec(name) is not None
    except ValueError:  # a module without a spec, such as __main__
        return False


def _fits(version: str, operator: str, wanted: str) -> bool:
    here, there = _numbers(version), _numbers(wanted)
    starts_alike = here[: len(there)] == there
    pairs = list(zip_longest(here, there, fillvalue=0))
    mine, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    equal = starts_alike if operator == "=" or wanted.endswith("*") else mine == theirs
    return {
        "=": equal, "==": equal, "===": equal, "!=": not equal,
        ">=": mine >= theirs, "<=": mine <= theirs, ">": mine > theirs, "<": mine < theirs,
        "~=": mine >= theirs and here[: len(there) - 1] == there[:-1],
    }[operator]  # fmt: skip


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,9}", version.partition("+")[0])]
