"""The result of an audit: what was tried, what happened, and what is a problem.

The words are those of mutation testing: a mutant is a wrong answer that the hidden tests must kill;
an alternative is a correct answer that they must accept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from autograder.audit.answers import Answer
from autograder.audit.causes import CAUSES_FILE, HintQuality
from autograder.authoring.at_fault import exception_of, fails_on_solution, place_of
from autograder.course import Assignment
from autograder.grading.plugin import HiddenTest
from autograder.results.model import TestOutcome


class Verdict(StrEnum):
    """What the hidden tests made of one sample answer."""

    KILLED = "killed"
    KILLED_BY_OTHER = "killed, but not by the test that its header names"
    SURVIVED = "survived"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_JUDGED = "not judged: its test fails on the solution, too"


@dataclass(frozen=True)
class AnswerVerdict:
    """One sample answer, its verdict, the tests that failed, and the seconds that this took.

    `at_fault` are tests that fail on the solution, too. They count neither for nor against it.
    """

    answer: Answer
    verdict: Verdict
    failed: tuple[TestOutcome, ...]
    seconds: float = 0.0
    at_fault: tuple[TestOutcome, ...] = ()

    @property
    def is_expected(self) -> bool:
        return self.verdict in (Verdict.KILLED, Verdict.ACCEPTED)


@dataclass(frozen=True)
class GeneratedMutants:
    """What happened to the mutants that cosmic-ray generated.

    `equivalent` and `tolerated` count the survivors that are marked by hand. `survivors` lists the
    unmarked ones. `stale_marks` pairs each mark that no longer holds with the reason.
    """

    tried: int
    equivalent: int
    tolerated: int
    survivors: tuple[str, ...]
    stale_marks: tuple[tuple[str, str], ...]

    @property
    def not_equivalent(self) -> int:
        """The mutants that are mistakes."""
        return self.tried - self.equivalent

    @property
    def killed(self) -> int:
        return self.not_equivalent - self.tolerated - len(self.survivors)

    @property
    def mutation_score(self) -> float:
        """The share of killed mutants among those that are not equivalent, between 0 and 1."""
        return self.killed / self.not_equivalent if self.not_equivalent else 1.0

    def to_json(self) -> dict[str, Any]:
        return {
            "tried": self.tried,
            "equivalent": self.equivalent,
            "tolerated": self.tolerated,
            "killed": self.killed,
            "mutation_score": round(self.mutation_score, 4),
            "survivors": list(self.survivors),
            "stale_marks": [
                {"mutant": mutant, "reason": reason} for mutant, reason in self.stale_marks
            ],
        }


@dataclass(frozen=True)
class WeakenedTest:
    """One hidden test without its last assertion, whose text is `removed`.

    `survivor` is a mutant that the whole test kills and the weakened one does not. It is empty
    where there is none: then no mutant needs that assertion.
    """

    exercise: str
    test: str
    removed: str
    survivor: str = ""


@dataclass(frozen=True)
class Cost:
    """The exercises that lost points in a whole submission with one sample answer.

    `unexpected_losses` are those of them that should have kept their points.
    """

    answer: Answer
    lost: tuple[str, ...]
    unexpected_losses: tuple[str, ...]

    @property
    def is_expected(self) -> bool:
        own_exercise_lost = self.answer.exercise in self.lost
        return not self.unexpected_losses and own_exercise_lost == self.answer.is_mutant


@dataclass(frozen=True)
class SeedScore:
    """The tests that one correct answer failed under one seed."""

    exercise: str
    answer: str
    seed: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class ExerciseSummary:
    """The sample answers of one exercise, counted.

    `unnamed_tests` are the hidden tests that no killed mutant names in its header.
    """

    name: str
    mutants: int
    killed: int
    alternatives: int
    accepted: int
    unnamed_tests: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """The result of auditing one week's hidden tests. What was not requested is empty.

    `stale` names the exercises whose part of the table of known mistakes is out of date, and
    `unknown` the mutants in the file of causes that do not exist. `part` describes what was tried
    if that was not the whole week.
    """

    assignment: Assignment
    tests: tuple[HiddenTest, ...]
    verdicts: tuple[AnswerVerdict, ...]
    generated: GeneratedMutants | None = None
    scores: tuple[SeedScore, ...] = ()
    costs: tuple[Cost, ...] = ()
    weakened: tuple[WeakenedTest, ...] = ()
    hints: tuple[HintQuality, ...] = ()
    stale: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    part: str = ""

    @property
    def exercises(self) -> list[ExerciseSummary]:
        """One summary per exercise that was tried, in the order of the verdicts."""
        names = dict.fromkeys(verdict.answer.exercise for verdict in self.verdicts)
        return [_summary(name, self.verdicts, self.tests) for name in names]

    @property
    def at_fault(self) -> list[tuple[str, TestOutcome]]:
        """(exercise, test) for each hidden test that fails on the solution."""
        found = {
            (verdict.answer.exercise, test.name): test
            for verdict in self.verdicts
            for test in verdict.at_fault
        }
        return [(exercise, test) for (exercise, _), test in found.items()]

    def problems(self) -> list[str]:
        """One line per problem, with the file to open."""
        lines = [fails_on_solution(exercise, test) for exercise, test in self.at_fault]
        not_judged = [v for v in self.verdicts if v.verdict is Verdict.NOT_JUDGED]
        if not_judged:
            lines.append(
                f"{len(not_judged)} sample answers were not judged, because of these tests: "
                "mend them, then audit again"
            )
        lines += [
            self._problem(verdict)
            for verdict in self.verdicts
            if not verdict.is_expected and verdict not in not_judged
        ]
        if self.generated is not None:
            lines += [f"{mutant}: this generated mutant survived"
                      for mutant in self.generated.survivors]  # fmt: skip
            lines += [f"{mutant}: marked by hand, but it is {reason}"
                      for mutant, reason in self.generated.stale_marks]  # fmt: skip
        for score in self.scores:
            if score.failed:
                failed = ", ".join(score.failed)
                lines.append(
                    f"{score.exercise}, {score.answer}: fails {failed} at seed {score.seed}"
                )
        for cost in self.costs:
            if not cost.is_expected:
                lost = ", ".join(cost.lost) or "no exercise"
                expected = cost.answer.exercise if cost.answer.is_mutant else "no exercise"
                lines.append(
                    f"{cost.answer.name}: a whole notebook loses points on {lost}, "
                    f"expected: {expected}"
                )
        for exercise in self.stale:
            lines.append(
                f"{exercise}: its known mistakes are out of date; make them again: "
                f"autograder audit {self.assignment.name} --exercise {exercise} --mistakes"
            )
        lines += [f"{name}: has a cause, but there is no such mutant; open "
                  f"tests/submissions/{self.assignment.name}/{CAUSES_FILE}"
                  for name in self.unknown]  # fmt: skip
        return lines

    def to_json(self) -> dict[str, Any]:
        seeds = {score.seed for score in self.scores}
        problems = self.problems()
        return {
            "assignment": self.assignment.name,
            "part": self.part,
            "passed": not problems,
            "problems": problems,
            "at_fault": [
                {
                    "exercise": exercise,
                    "test": test.name,
                    "place": place_of(test),
                    "exception": exception_of(test),
                }
                for exercise, test in self.at_fault
            ],
            "exercises": [
                {**vars(exercise), "unnamed_tests": list(exercise.unnamed_tests)}
                for exercise in self.exercises
            ],
            "answers": [self._answer_json(verdict) for verdict in self.verdicts],
            "generated": self.generated.to_json() if self.generated else None,
            "seeds": {
                "tried": len(seeds),
                "scores": len(self.scores),
                "below_full": sum(bool(score.failed) for score in self.scores),
            }
            if seeds
            else None,
            "whole": [
                {"answer": cost.answer.name, "lost": list(cost.lost), "expected": cost.is_expected}
                for cost in self.costs
            ],
            "weakened": [vars(test) for test in self.weakened if test.removed],
            "hints": [{**quality.to_json(), "line": quality.line} for quality in self.hints],
        }

    def _problem(self, verdict: AnswerVerdict) -> str:
        answer = verdict.answer
        failed = ", ".join(
            f"{test.name} ({test.remark})" if test.remark else test.name for test in verdict.failed
        )
        what_happened = {
            Verdict.SURVIVED: f"survived ({answer.description})",
            Verdict.REJECTED: f"rejected by {failed} ({answer.description})",
            Verdict.KILLED_BY_OTHER: f"names {answer.named_test}, but {failed} fails",
        }[verdict.verdict]
        return f"{answer.name}: {what_happened}; open {self._file(answer)}"

    def _file(self, answer: Answer) -> str:
        path, root = answer.path, self.assignment.root
        if path is None:
            path = self.assignment.hidden_tests / f"test_{answer.exercise}.py"
        path = path.resolve()
        return str(path.relative_to(root) if path.is_relative_to(root) else path)

    def _answer_json(self, verdict: AnswerVerdict) -> dict[str, Any]:
        answer = verdict.answer
        return {
            "name": answer.name,
            "exercise": answer.exercise,
            "kind": "mutant" if answer.is_mutant else "alternative",
            "description": answer.description,
            "file": self._file(answer),
            "named_test": answer.named_test or None,
            "verdict": verdict.verdict.value,
            "expected": verdict.is_expected,
            "seconds": verdict.seconds,
            "failed_tests": [test.name for test in verdict.failed],
        }


def _summary(
    exercise: str, verdicts: Sequence[AnswerVerdict], tests: Sequence[HiddenTest]
) -> ExerciseSummary:
    own = [verdict for verdict in verdicts if verdict.answer.exercise == exercise]
    mutants = [verdict for verdict in own if verdict.answer.is_mutant]
    # Answers without a file are the audit's own; they are not alternatives that somebody wrote.
    alternatives = [v for v in own if not v.answer.is_mutant and v.answer.path]
    named = {verdict.answer.named_test for verdict in mutants if verdict.is_expected}
    return ExerciseSummary(
        name=exercise,
        mutants=len(mutants),
        killed=sum(verdict.is_expected for verdict in mutants),
        alternatives=len(alternatives),
        accepted=sum(verdict.is_expected for verdict in alternatives),
        unnamed_tests=tuple(
            test.name for test in tests if test.exercise == exercise and test.name not in named
        ),
    )
