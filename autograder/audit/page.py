"""What an audit found: as lines, as JSON, as a page. reports/WEEK-audit.html and .json."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from autograder.audit.isolation import Cost
from autograder.audit.seeds import Score
from autograder.audit.trial import Finding, Generated, Verdict
from autograder.audit.weaken import Weakened
from autograder.course import Assignment
from autograder.grading.hidden_tests import HiddenTest
from autograder.results.model import write_atomically

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Row:
    """One exercise of the matrix: its files; `unnamed` are tests that no caught mutant names."""

    name: str
    mutants: int
    caught: int
    alternatives: int
    kept: int
    unnamed: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """All that was tried on a week's hidden tests; empty where it was not asked for.

    `part` says what of the week was tried, where that was not all of it.
    """

    assignment: Assignment
    tests: tuple[HiddenTest, ...]
    findings: tuple[Finding, ...]
    generated: Generated | None = None
    scores: tuple[Score, ...] = ()
    costs: tuple[Cost, ...] = ()
    weakened: tuple[Weakened, ...] = ()
    part: str = ""

    @property
    def rows(self) -> list[Row]:
        """The matrix: a row an exercise that was tried, in the order of the findings."""
        exercises = dict.fromkeys(finding.answer.exercise for finding in self.findings)
        return [_row(name, self.findings, self.tests) for name in exercises]

    def problems(self) -> list[str]:
        """Everything that is off, a line each, with the file to open."""
        lines = [self._finding(finding) for finding in self.findings if not finding.fine]
        if self.generated is not None:
            lines += [f"{says}: a generated mutant survived" for says in self.generated.survivors]
            lines += [f"{says}: marked by hand, but it is {what}"
                      for says, what in self.generated.stale]  # fmt: skip
        for score in self.scores:
            if score.failed:
                failed = ", ".join(score.failed)
                lines.append(
                    f"{score.exercise}, {score.answer}: fails {failed} at seed {score.seed}"
                )
        for cost in self.costs:
            if not cost.fine:
                lost = ", ".join(cost.lost) or "nothing"
                lines.append(f"{cost.answer.name}, in a whole notebook, costs {lost}")
        return lines

    def to_json(self) -> dict[str, Any]:
        weak = [w for w in self.weakened if w.lost]
        seeds = {score.seed for score in self.scores}
        return {
            "assignment": self.assignment.name,
            "part": self.part,
            "fine": not self.problems(),
            "problems": self.problems(),
            "exercises": [{**vars(row), "unnamed": list(row.unnamed)} for row in self.rows],
            "answers": [self._plain(finding) for finding in self.findings],
            "generated": self.generated.to_json() if self.generated else None,
            "seeds": {"tried": len(seeds), "scores": len(self.scores)} if seeds else None,
            "whole": [
                {"answer": c.answer.name, "lost": list(c.lost), "fine": c.fine} for c in self.costs
            ],
            "weakened": [
                {"exercise": w.exercise, "test": w.test, "lost": w.lost, "noticed_by": w.noticed_by}
                for w in weak
            ],
        }

    def _finding(self, finding: Finding) -> str:
        answer = finding.answer
        failed = ", ".join(
            f"{test.name} ({test.remark})" if test.remark else test.name for test in finding.failed
        )
        told = {
            Verdict.SURVIVED: f"survived ({answer.says})",
            Verdict.REFUSED: f"refused by {failed} ({answer.says})",
            Verdict.BY_ANOTHER: f"names {answer.caught_by}, while {failed} fails",
        }[finding.verdict]
        return f"{answer.name}: {told}; open {self._file(finding)}"

    def _file(self, finding: Finding) -> str:
        path, root = finding.answer.path, self.assignment.root
        if path is None:
            path = self.assignment.hidden_tests / f"test_{finding.answer.exercise}.py"
        path = path.resolve()
        return str(path.relative_to(root) if path.is_relative_to(root) else path)

    def _plain(self, finding: Finding) -> dict[str, Any]:
        answer = finding.answer
        return {
            "name": answer.name,
            "exercise": answer.exercise,
            "kind": "mutant" if answer.wrong else "alternative",
            "says": answer.says,
            "file": self._file(finding),
            "named_test": answer.caught_by or None,
            "verdict": finding.verdict.value,
            "fine": finding.fine,
            "seconds": finding.seconds,
            "failed_tests": [test.name for test in finding.failed],
        }


def write_audit_page(audit: Audit) -> list[Path]:
    """Write the page and its JSON; of a part of a week beside those of the whole."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(["html", "j2"])
    )
    text = environment.get_template("audit.html.j2").render(audit=audit, data=audit.to_json())
    ending = "-audit-part" if audit.part else "-audit"
    page = audit.assignment.root / "reports" / f"{audit.assignment.name}{ending}.html"
    data = json.dumps(audit.to_json(), indent=1, ensure_ascii=False) + "\n"
    return [write_atomically(page, text), write_atomically(page.with_suffix(".json"), data)]


def _row(exercise: str, findings: Sequence[Finding], tests: Sequence[HiddenTest]) -> Row:
    own = [finding for finding in findings if finding.answer.exercise == exercise]
    wrong = [finding for finding in own if finding.answer.wrong]
    right = [finding for finding in own if not finding.answer.wrong and finding.answer.path]
    named = {finding.answer.caught_by for finding in wrong if finding.fine}
    unnamed = tuple(t.name for t in tests if t.exercise == exercise and t.name not in named)
    fine = [sum(finding.fine for finding in kind) for kind in (wrong, right)]
    return Row(exercise, len(wrong), fine[0], len(right), fine[1], unnamed)
