"""Compares all answers of a class, and ranks the pairs of students."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import nbformat

from autograder.audit.answers import ALTERNATIVES, read_answer
from autograder.course import Assignment
from autograder.notebook.cells import exercise_cells, notebook_title
from autograder.notebook.written import BESIDE, ELSEWHERE
from autograder.similarity.code import STATEMENTS, given_names, statements
from autograder.similarity.marks import Text, side_by_side
from autograder.similarity.model import EQUAL_OUTPUTS, SHOWN, Kind, Pair, Part, Question, Report
from autograder.similarity.rarity import Match, Rarity
from autograder.similarity.read import OTHER_CELLS, Work, read_release
from autograder.similarity.winnowing import Winnowing, Word
from autograder.similarity.words import SEQUENCES, words_of


@dataclass
class _Found:
    """What was found for one pair of works, by their places."""

    parts: list[tuple[Part, Match, "Answers"]] = field(default_factory=list)
    outputs: tuple[str, ...] = ()
    cell_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """The answers to one question: their texts, and the places of their works."""

    name: str
    kind: Kind
    places: Sequence[int]
    texts: Sequence[Text]
    rarity: Rarity
    expected: Collection[str]
    samples: int


def compare(
    assignment: Assignment, works: Sequence[Work], problems: Iterable[str] = (), most: int = 50
) -> Report:
    """Compare the works, and show the `most` alike pairs side by side.

    Works of earlier years are not compared with each other, nor are members of one group.
    """
    released = read_release(assignment)
    asked = list(questions(assignment, works))
    found: dict[tuple[int, int], _Found] = defaultdict(_Found)
    for question in asked:
        compared = [works[place].is_current for place in question.places]
        for match in question.rarity.matches(compared):
            pair = question.places[match.first], question.places[match.second]
            part = Part(question.name, question.kind, match.score, match.share)
            found[pair].parts.append((part, match, question))
    current = [work.is_current for work in works]
    outputs = Rarity([work.traces.outputs for work in works])
    for match in outputs.matches(current):
        if match.amount >= EQUAL_OUTPUTS:
            found[match.first, match.second].outputs = tuple(sorted(outputs.shared(match)))
    given = {cell.get("id") for cell in released.cells}
    cell_ids = Rarity([work.traces.cell_ids - given for work in works], usual_share=0)
    for match in cell_ids.matches(current):
        found[match.first, match.second].cell_ids = tuple(sorted(cell_ids.shared(match)))

    candidates = [
        (_pair(works, places, one), one)
        for places, one in found.items()
        if not _is_one_group(works, places)
    ]
    listed = sorted(
        (item for item in candidates if item[0].is_listed), key=lambda item: _order(item[0])
    )
    pairs = [_shown(pair, one) if i < most else pair for i, (pair, one) in enumerate(listed)]
    return Report(
        assignment=assignment.name,
        title=notebook_title(released) or assignment.name,
        students=sum(current),
        earlier=len(works) - sum(current),
        pairs=tuple(pairs),
        questions=tuple(_counted(question, pairs) for question in asked),
        problems=tuple(problems),
    )


def questions(assignment: Assignment, works: Sequence[Work]) -> Iterator[Answers]:
    """The exercises and the questions of the release, in its order, with their answers."""
    released = read_release(assignment)
    code_given = [cell.source for cell in released.cells if cell.cell_type == "code"]
    if assignment.source.is_dir():  # what the solution has is what the exercise asks for
        source = nbformat.read(assignment.source_notebook, as_version=4)
        code_given += exercise_cells(source).values()
    split = partial(statements, known=given_names(code_given))
    expected = _runs(STATEMENTS, map(split, code_given))
    samples = _sample_answers(assignment)
    for name in (*exercise_cells(released), OTHER_CELLS):
        extra = [STATEMENTS.fingerprints(split(text)) for text in samples.get(name, ())]
        texts = {
            place: Text(work.code[name], split, STATEMENTS)
            for place, work in enumerate(works)
            if name in work.code
        }
        yield _question(name, Kind.CODE, texts, expected, extra)
    words_given = [cell.source for cell in released.cells] + [BESIDE, ELSEWHERE]
    expected = _runs(SEQUENCES, map(words_of, words_given))
    for name in dict.fromkeys(name for work in works for name in work.words):
        texts = {
            place: Text(work.words[name], words_of, SEQUENCES)
            for place, work in enumerate(works)
            if name in work.words
        }
        yield _question(name, Kind.WORDS, texts, expected)


def _question(
    name: str,
    kind: Kind,
    texts: Mapping[int, Text],
    expected: Collection[str],
    samples: Sequence[Collection[str]] = (),
) -> Answers:
    rarity = Rarity([text.fingerprints for text in texts.values()], expected, samples)
    return Answers(name, kind, list(texts), list(texts.values()), rarity, expected, len(samples))


def _runs(winnowing: Winnowing, texts: Iterable[Sequence[Sequence[Word]]]) -> set[str]:
    """All runs of words in some texts, also those that winnowing would leave out."""
    return {key for text in texts for key in winnowing.all_runs.fingerprints(text)}


def _sample_answers(assignment: Assignment) -> Mapping[str, list[str]]:
    """Exercise -> the course's own correct answers in other styles, where it has some."""
    folder = assignment.root / "tests" / "submissions" / assignment.name / ALTERNATIVES
    answers: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.glob("*.py")):
        answer = read_answer(path, is_mutant=False)
        answers[answer.exercise] += answer.cells.values()
    return answers


def _is_one_group(works: Sequence[Work], places: tuple[int, int]) -> bool:
    first, second = (works[place].group for place in places)
    return bool(first) and first == second


def _pair(works: Sequence[Work], places: tuple[int, int], found: _Found) -> Pair:
    found.parts.sort(key=lambda item: -item[0].score)
    left, right = (works[place] for place in places)
    parts = tuple(part for part, _, _ in found.parts)
    return Pair(left, right, parts, found.outputs, found.cell_ids)


def _order(pair: Pair) -> tuple[float, int, int, str, str]:
    """Most alike first; where that is equal, by the further evidence."""
    evidence = len(pair.cell_ids), len(pair.outputs)
    return -round(pair.score, 6), -evidence[0], -evidence[1], pair.left.label, pair.right.label


def _shown(pair: Pair, found: _Found) -> Pair:
    """The pair with its texts, where they are alike."""
    parts = []
    for part, match, question in found.parts:
        if part.score >= SHOWN:
            shared = question.rarity.shared(match)
            texts = question.texts[match.first], question.texts[match.second]
            left, right = side_by_side(*texts, shared, question.expected)
            part = Part(part.name, part.kind, part.score, part.share, left, right)
        parts.append(part)
    return Pair(pair.left, pair.right, tuple(parts), pair.outputs, pair.cell_ids)


def _counted(question: Answers, pairs: Sequence[Pair]) -> Question:
    alike = tuple(
        place
        for place, pair in enumerate(pairs)
        if any((part.name, part.kind) == (question.name, question.kind) for part in pair.alike)
    )
    return Question(question.name, question.kind, len(question.texts), question.samples, alike)
