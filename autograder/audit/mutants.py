"""Wrong answers made by machine: cosmic-ray's mutation operators, applied to the solution's cells.

Some of what they make is no mistake: a 33rd filter is as good as 32. Such mutants are marked by
hand, each with its reason, in `tests/submissions/WEEK/generated.toml`:

    [[equivalent]]                        or [[accepted]]: a mistake that no test has to catch
    exercise = "train"
    line = "for _ in range(n_epochs):"
    becomes = ["for _ in range(n_epochs+0):"]
    reason = "..."
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.audit.answers import Answer
from autograder.errors import AutograderError

FILE_NAME = "generated.toml"
NEED_A_VARIABLE = ("VariableReplacer", "VariableInserter")  # operators that are told a name


@dataclass(frozen=True)
class Mutation:
    """One change of one line, as people write it down."""

    exercise: str
    line: str
    becomes: str


@dataclass(frozen=True)
class Known:
    """Mutations that are marked by hand, each with its reason."""

    equivalent: Mapping[Mutation, str]
    accepted: Mapping[Mutation, str]


def generated(cells: Mapping[str, str]) -> dict[Mutation, Answer]:
    """Every mutant of every exercise's cell; of several with the same text the first."""
    found: dict[Mutation, Answer] = {}
    for exercise, cell in cells.items():
        seen = {_meaning(cell)}
        for operator, source in _mutants(cell):
            if (meaning := _meaning(source)) in seen:
                continue
            seen.add(meaning)
            number, mutation = _change(exercise, cell, source)
            says = f"line {number}: {mutation.line}  →  {mutation.becomes}"
            name = f"{exercise}-{number}-{operator}-{len(found)}"
            found[mutation] = Answer(name, exercise, True, says, {exercise: source})
    return found


def read_known(folder: Path, exercises: Sequence[str]) -> Known:
    """What is marked of these exercises in the folder's file; nothing where there is none.

    Raises AutograderError for a file that is not as the module says.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return Known({}, {})
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        kinds = {"equivalent": {}, "accepted": {}}  # type: dict[str, dict[Mutation, str]]
        for kind, marked in kinds.items():
            for entry in data.pop(kind, []):
                for becomes in entry["becomes"] if entry["exercise"] in exercises else ():
                    mutation = Mutation(entry["exercise"], entry["line"], becomes)
                    marked[mutation] = entry["reason"]
        if data:
            raise ValueError(f"unknown: {', '.join(data)}")
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise AutograderError(
            f"{path} cannot be read ({error!r}): see autograder/audit/mutants.py"
        ) from None
    return Known(**kinds)


def _mutants(cell: str) -> Iterator[tuple[str, str]]:
    """(operator, the mutated cell) of every place that an operator applies to."""
    try:
        from cosmic_ray.ast import ast_nodes, get_ast
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.operators.provider import OperatorProvider
    except ImportError:
        raise AutograderError("cosmic-ray is missing: pip install -e '.[dev]'") from None
    operators = OperatorProvider()
    nodes = list(ast_nodes(get_ast(cell)))
    for name in operators:
        if name in NEED_A_VARIABLE:
            continue
        operator = operators[name]()
        places = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        for occurrence in range(places):
            source = mutate_code(cell, operator, occurrence)
            if source is not None:
                yield name, source
    for source in _deletions(cell):
        yield "DeleteStatement", source


def _deletions(cell: str) -> Iterator[str]:
    """The cell without one statement after another: what cosmic-ray has no operator for.

    Deng, Offutt and Li: Empirical evaluation of the statement deletion mutation operator, ICST 2013
    (doi:10.1109/ICST.2013.20).
    """
    simple = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert)
    for node in ast.walk(ast.parse(cell)):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, simple) and not docstring and node.end_lineno is not None:
            lines = cell.splitlines(keepends=True)
            lines[node.lineno - 1 : node.end_lineno] = [" " * node.col_offset + "pass\n"]
            yield "".join(lines)


def _meaning(source: str) -> str:
    """Equal for sources that differ in form alone; the source itself where it is no Python."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return source


def _change(exercise: str, cell: str, source: str) -> tuple[int, Mutation]:
    """(number of the first changed line, counted from 1, the change)."""
    pairs = zip(cell.splitlines(), source.splitlines(), strict=False)
    number, (line, becomes) = next(
        (i, pair) for i, pair in enumerate(pairs, 1) if pair[0] != pair[1]
    )
    return number, Mutation(exercise, line.strip(), becomes.strip())
