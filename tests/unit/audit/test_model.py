"""The result of an audit: its problems, its numbers and its page."""

import json

from autograder.audit.answers import Answer
from autograder.audit.model import (
    AnswerVerdict,
    Audit,
    Cost,
    GeneratedMutants,
    SeedScore,
    Verdict,
    WeakenedTest,
)
from autograder.audit.page import write_audit_page
from autograder.course import Assignment
from autograder.grading.plugin import HiddenTest
from autograder.results.model import Outcome

TESTS = tuple(HiddenTest("double", name, 1.0, "hint") for name in ("test_two", "test_negative"))
FAILED = TESTS[1].outcome(Outcome.FAILED)


def answer(name, is_mutant, folder):
    kind = "mutants" if is_mutant else "alternatives"
    return Answer(
        name, "double", is_mutant, "squares", {}, "test_negative", folder / kind / f"{name}.py"
    )


def audit(folder, verdicts=(), **parts):
    return Audit(Assignment("week0", folder), TESTS, tuple(verdicts), **parts)


def test_an_audit_without_problems(tmp_path):
    mutant, alternative = answer("square", True, tmp_path), answer("times", False, tmp_path)
    result = audit(
        tmp_path,
        [AnswerVerdict(mutant, Verdict.KILLED, (FAILED,)),
         AnswerVerdict(alternative, Verdict.ACCEPTED, ())],
        costs=(Cost(mutant, ("double",), ()), Cost(alternative, (), ())),
        scores=(SeedScore("double", "times", 0, ()),),
    )  # fmt: skip
    assert result.problems() == []
    (summary,) = result.exercises
    assert (summary.mutants, summary.killed) == (1, 1)
    assert (summary.alternatives, summary.accepted) == (1, 1)
    assert summary.unnamed_tests == ("test_two",)


def test_each_kind_of_problem_is_one_line(tmp_path):
    mutant, alternative = answer("square", True, tmp_path), answer("times", False, tmp_path)
    result = audit(
        tmp_path,
        [AnswerVerdict(mutant, Verdict.SURVIVED, ()),
         AnswerVerdict(mutant, Verdict.KILLED_BY_OTHER, (TESTS[0].outcome(Outcome.RAISED),)),
         AnswerVerdict(alternative, Verdict.REJECTED, (FAILED,))],
        generated=GeneratedMutants(10, 2, 1, ("double, line 2",), (("double, x", "killed"),)),
        costs=(Cost(alternative, ("double",), ()), Cost(mutant, ("double", "shift"), ("shift",))),
        scores=(SeedScore("double", "times", 7, ("test_two",)),),
    )  # fmt: skip
    assert result.problems() == [
        "square: survived (squares); open mutants/square.py",
        "square: names test_negative, but test_two fails; open mutants/square.py",
        "times: rejected by test_negative (squares); open alternatives/times.py",
        "double, line 2: this generated mutant survived",
        "double, x: marked by hand, but it is killed",
        "double, times: fails test_two at seed 7",
        "times: a whole notebook loses points on double, expected: no exercise",
        "square: a whole notebook loses points on double, shift, expected: double",
    ]


def test_the_mutation_score_leaves_equivalent_mutants_out():
    generated = GeneratedMutants(10, 2, 1, ("one",), ())
    assert (generated.not_equivalent, generated.killed) == (8, 6)
    assert generated.mutation_score == 0.75
    assert GeneratedMutants(3, 3, 0, (), ()).mutation_score == 1.0


def test_the_page_shows_what_the_json_holds(tmp_path):
    mutant = answer("square", True, tmp_path)
    result = audit(
        tmp_path,
        [AnswerVerdict(mutant, Verdict.SURVIVED, ())],
        generated=GeneratedMutants(10, 2, 1, ("double, a < b",), ()),
        weakened=(WeakenedTest("double", "test_two", "assert x < 2"),),
        costs=(Cost(mutant, ("double",), ()),),
        scores=(SeedScore("double", "times", 7, ("test_two",)),),
        part="double",
    )
    page, data = write_audit_page(result)
    assert (page.name, data.name) == ("week0-audit-part.html", "week0-audit-part.json")
    text = page.read_text(encoding="utf-8")
    for shown in ("6 of 8 killed", "75.0%", "assert x &lt; 2", "a &lt; b", "1 of 1 answers"):
        assert shown in text
    assert json.loads(data.read_text(encoding="utf-8"))["problems"] == result.problems()
