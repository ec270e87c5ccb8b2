"""Finds imports that grading will not have, in a notebook's code, which is not run.

It knows where an import need not succeed: in a `try` that catches ImportError, in a `with
suppress(ImportError)`, and in an `if` that asks for the module first.
"""

import ast
import contextlib
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from autograder.notebook.packages import Packages

# Cell magics whose cell is Python.
PYTHON_MAGICS = frozenset(("capture", "prun", "time", "timeit"))
IMPORT_ERRORS = frozenset(("ImportError", "ModuleNotFoundError", "Exception", "BaseException"))
MissingPart = Callable[[str], str]


def missing_imports(
    notebook: NotebookNode, packages: Packages, beside: frozenset[str]
) -> list[tuple[NotebookNode, str]]:
    """(the first code cell that imports it, its name) of each module that grading will not have.

    `beside` are the modules that lie beside the notebook.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    trees = [_parse(cell.source) for cell in code]
    own = beside.union(*map(_written_modules, trees))

    def missing_part(module: str) -> str:
        return "" if module.partition(".")[0] in own else packages.missing_part(module)

    first: dict[str, NotebookNode] = {}
    for cell, tree in zip(code, trees, strict=True):
        with contextlib.suppress(RecursionError):  # an expression of a thousand parts
            for name in _missing(tree, missing_part):
                first.setdefault(name, cell)
    return [(cell, name) for name, cell in first.items()]


def _parse(source: str) -> ast.Module:
    """A cell's syntax tree, with the code of cell magics like `%%time`. Empty if it is no code."""
    transformer = TransformerManager()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(transformer.transform_cell(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # it will not run either
        return ast.Module([], [])
    for node in list(ast.walk(tree)):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="run_cell_magic"),
                args=[ast.Constant(str(magic)), _, ast.Constant(str(cell))],
            ) if magic in PYTHON_MAGICS:
                tree.body += _parse(cell).body
    return tree


def _written_modules(tree: ast.Module) -> set[str]:
    """The modules that the code may write: NAME of each text that ends in NAME.py."""
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
    return {PurePath(t.split()[-1]).stem for t in texts if isinstance(t, str) and t.endswith(".py")}


def _missing(node: ast.AST, part: MissingPart) -> Iterator[str]:
    """The missing part of each module that the code in `node` needs and grading does not have."""
    match node:
        case ast.Import(names=names):
            yield from filter(None, (part(alias.name) for alias in names))
        case ast.ImportFrom(module=str(module), names=names, level=0):
            # `from google import colab` may name a module.
            wanted = (f"{module}.{alias.name}" for alias in names)
            yield from filter(None, [part(module)] if part(module) else map(part, wanted))
        case ast.Call(
            func=ast.Name("__import__" | "import_module") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(str(module)), *_],
        ) if not module.startswith("."):
            yield from filter(None, (part(module),))
        case ast.Try() | ast.TryStar():
            yield from _missing_in_try(node, part)
        case ast.With(items=items) if any(_is_suppress(item.context_expr) for item in items):
            pass
        case ast.If(test=test):
            yield from _missing_in_if(node, ast.unparse(test).lower(), part)
        case _:
            yield from _missing_in(ast.iter_child_nodes(node), part)


def _missing_in(nodes: Iterable[ast.AST], part: MissingPart) -> Iterator[str]:
    for node in nodes:
        yield from _missing(node, part)


def _missing_in_try(node: ast.Try | ast.TryStar, part: MissingPart) -> Iterator[str]:
    body = list(_missing_in(node.body, part))
    if not any(map(_catches_import_errors, node.handlers)):
        yield from body
        yield from _missing_in((*node.handlers, *node.orelse), part)
    else:  # either the handlers run or what follows `else`
        yield from _missing_in(node.handlers if body else node.orelse, part)
    yield from _missing_in(node.finalbody, part)


def _missing_in_if(node: ast.If, test: str, part: MissingPart) -> Iterator[str]:
    branches = [] if "colab" in test or "type_checking" in test else node.body
    for name in _missing_in((node.test, *branches, *node.orelse), part):
        if not any(word in test for word in name.lower().split(".")):
            yield name


def _catches_import_errors(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or _names_import_error(handler.type)


def _is_suppress(call: ast.expr) -> bool:
    return (
        isinstance(call, ast.Call)
        and ast.unparse(call.func).endswith("suppress")
        and any(map(_names_import_error, call.args))
    )


def _names_import_error(node: ast.AST) -> bool:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return not IMPORT_ERRORS.isdisjoint(names)
