"""Copies of an answer, disguised as a student would: other names, another order, other comments."""

import ast
from collections.abc import Collection, Iterable

STORES = (ast.Assign, ast.AugAssign, ast.FunctionDef)
KEPT = {"self", "forward"}


def with_other_names(source: str, known: Collection[str] = ()) -> str:
    """Variables, parameters and helpers get other names; those that the course gives stay."""
    tree = ast.parse(source)
    own = {node.id for node in _all(tree, ast.Name) if isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in _all(tree, ast.arg)}
    own |= {node.name for node in _all(tree, ast.FunctionDef, ast.ClassDef)}
    own -= {node.arg for node in _all(tree, ast.keyword)} | KEPT | set(known)
    own = {name for name in own if not name.startswith("__")}
    new = {name: f"other_{place}" for place, name in enumerate(sorted(own))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = new.get(node.id, node.id)
        elif isinstance(node, ast.arg):
            node.arg = new.get(node.arg, node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.name = new.get(node.name, node.name)
    return ast.unparse(tree)


def in_another_order(source: str) -> str:
    """Neighboring statements that do not depend on each other change places."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        place = 0
        while isinstance(body, list) and place + 1 < len(body):
            first, second = body[place : place + 2]
            if isinstance(first, STORES) and isinstance(second, STORES) and _free(first, second):
                body[place : place + 2] = second, first
                place += 1
            place += 1
    return ast.unparse(tree)


def with_other_comments(source: str) -> str:
    """Every comment and docstring is replaced by others, and the layout by another."""
    tree = ast.parse(source)
    for node in _all(tree, ast.FunctionDef, ast.ClassDef):
        if ast.get_docstring(node) is not None:
            node.body[0].value.value = "My own words."
    lines = ast.unparse(tree).splitlines()
    return "\n\n".join(f"{line}  # my step {place}" for place, line in enumerate(lines))


def with_comprehensions(source: str) -> str:
    """`xs = []` and a loop that only appends to it become a comprehension."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for place in range(len(body) - 1 if isinstance(body, list) else 0):
            match body[place : place + 2]:
                case [
                    ast.Assign(targets=[ast.Name(name)], value=ast.List(elts=[])),
                    ast.For(
                        target=target,
                        iter=items,
                        body=[
                            ast.Expr(
                                ast.Call(
                                    func=ast.Attribute(ast.Name(other), "append"), args=[value]
                                )
                            )
                        ],
                    ),
                ] if name == other:
                    loop = ast.comprehension(target, items, [], 0)
                    made = ast.Assign([ast.Name(name, ast.Store())], ast.ListComp(value, [loop]))
                    body[place : place + 2] = [ast.fix_missing_locations(made)]
                    break
    return ast.unparse(ast.fix_missing_locations(tree))


def _all(tree: ast.AST, *kinds: type) -> Iterable:
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _free(first: ast.AST, second: ast.AST) -> bool:
    """Whether neither of two statements stores what the other one uses."""
    return not (_names(first, True) & _names(second) or _names(second, True) & _names(first))


def _names(node: ast.AST, stored: bool = False) -> set[str]:
    named = [
        part
        for part in _all(node, ast.Name, ast.Attribute, ast.Subscript)
        if not stored or isinstance(part.ctx, ast.Store)
    ]
    return {ast.unparse(part) for part in named} | {
        part.name for part in _all(node, ast.FunctionDef)
    }
