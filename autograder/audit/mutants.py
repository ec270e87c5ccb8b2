"""Generated mutants: cosmic-ray's mutation operators, applied to the cells of the solution.

Some of them are not mistakes: a 33rd filter is as good as 32. Such mutants are marked by hand, each
with a reason, in `tests/submissions/WEEK/generated.toml`:

    [[equivalent]]                        or [[tolerated]]: a mistake that no test needs to kill
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

MARKS_FILE = "generated.toml"
NEED_A_VARIABLE = ("VariableReplacer", "VariableInserter")  # operators that take a name


@dataclass(frozen=True)
class Mutation:
    """One changed line of an exercise's cell, before and after."""

    exercise: str
    line: str
    becomes: str


@dataclass(frozen=True)
class Marks:
    """Mutations that are marked by hand, each with its reason."""

    equivalent: Mapping[Mutation, str]
    tolerated: Mapping[Mutation, str]


def generate_mutants(cells: Mapping[str, str]) -> dict[Mutation, Answer]:
    """Every mutant of every exercise's cell. Of several mutants with equal code, the first."""
    mutants: dict[Mutation, Answer] = {}
    for exercise, cell in cells.items():
        seen = {_syntax_tree(cell)}
        for operator, source in _mutated_cells(cell):
            if (tree := _syntax_tree(source)) in seen:
                continue
            seen.add(tree)
            number, mutation = _first_change(exercise, cell, source)
            mutants[mutation] = Answer(
                name=f"{exercise}-{number}-{operator}-{len(mutants)}",
                exercise=exercise,
                is_mutant=True,
                description=f"line {number}: {mutation.line}  →  {mutation.becomes}",
                cells={exercise: source},
            )
    return mutants


def read_marks(folder: Path, exercises: Sequence[str]) -> Marks:
    """The marks for these exercises in the folder's generated.toml. Without a file, no marks.

    Raises AutograderError for a file that does not have the form above.
    """
    path = folder / MARKS_FILE
    if not path.is_file():
        return Marks({}, {})
    kinds: dict[str, dict[Mutation, str]] = {"equivalent": {}, "tolerated": {}}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, marks in kinds.items():
            for entry in data.pop(kind, []):
                for becomes in entry["becomes"] if entry["exercise"] in exercises else ():
                    mutation = Mutation(entry["exercise"], entry["line"], becomes)
                    marks[mutation] = entry["reason"]
        if data:
            raise ValueError(f"unknown: {', '.join(data)}")
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise AutograderError(
            f"{path} cannot be read ({error!r}): see autograder/audit/mutants.py"
        ) from None
    return Marks(**kinds)


def _mutated_cells(cell: str) -> Iterator[tuple[str, str]]:
    """(operator, mutated cell) for every place in the cell where an operator applies."""
    try:
        from cosmic_ray.ast import ast_nodes, get_ast
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.operators.provider import OperatorProvider
    except ImportError:
        raise AutograderError("cosmic-ray is not installed: pip install -e '.[dev]'") from None
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
    """The cell with one statement deleted, for each statement: cosmic-ray has no such operator.

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


def _syntax_tree(source: str) -> str:
    """The dumped syntax tree, which ignores formatting. Invalid Python comes back unchanged."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return source


def _first_change(exercise: str, cell: str, source: str) -> tuple[int, Mutation]:
    """(line number of the first change, counted from 1, the change)."""
    pairs = zip(cell.splitlines(), source.splitlines(), strict=False)
    number, (line, becomes) = next(
        (i, pair) for i, pair in enumerate(pairs, 1) if pair[0] != pair[1]
    )
    return number, Mutation(exercise, line.strip(), becomes.strip())
