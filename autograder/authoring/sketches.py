"""The first sample answers of an exercise, made from its solved cell: two wrong, two right ones.

They hold for any exercise, so that a week can be audited as soon as its hidden tests are written.
An instructor puts mistakes and styles of real students in their place.
"""

import ast

TEST = "test_worked_case"  # of the template of a hidden test
REPLACE = "# A sketch: put {} in its place."


def sketches(name: str, cell: str) -> dict[str, str]:
    """Path below the week's folder of sample answers -> the file. `cell` defines `name`."""
    mistake, style = REPLACE.format("a mistake that students make"), REPLACE.format("another style")
    return {
        f"mutants/{name}-is_none.py": _file(
            name, "mistake: defines the name and nothing else", f"{mistake}\n{name} = None"
        ),
        f"mutants/{name}-does_nothing.py": _file(
            name, "mistake: can be called, and does nothing", f"{mistake}\n{_hollow(name, cell)}"
        ),
        f"alternatives/{name}-solution.py": _file(name, "style: the solution as it is", cell),
        f"alternatives/{name}-with_helper.py": _file(
            name, "style: does its work in a helper", f"{style}\n{_with_helper(name, cell)}"
        ),
    }


def body_of(function: ast.FunctionDef) -> list[ast.stmt]:
    """A function's statements without its docstring."""
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return function.body[1:] if is_text else function.body


def functions_of(node: ast.FunctionDef | ast.ClassDef) -> list[tuple[ast.FunctionDef, int, int]]:
    """(function, first line, last line of its body) of a function, or of each method of a class.

    Those without a body, or with one on the line of `def`, are left out. The last one comes first,
    so that lines can be changed in this order.
    """
    functions = [node] if isinstance(node, ast.FunctionDef) else node.body
    found = []
    for function in reversed(functions):
        if not isinstance(function, ast.FunctionDef):
            continue
        body = body_of(function)
        if body and body[0].lineno != function.lineno:
            found.append((function, body[0].lineno, body[-1].end_lineno or body[-1].lineno))
    return found


def _file(name: str, header: str, code: str) -> str:
    caught = f"# caught by: {TEST}\n" if header.startswith("mistake") else ""
    return f"# exercise: {name}\n# {header}\n{caught}{code}\n"


def _definition(name: str, cell: str) -> ast.FunctionDef | ast.ClassDef:
    return next(
        node
        for node in ast.parse(cell).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
    )


def _hollow(name: str, cell: str) -> str:
    """The cell, in which the function, or each method of the class, only passes."""
    lines = cell.split("\n")
    for function, first, last in functions_of(_definition(name, cell)):
        indent = " " * body_of(function)[0].col_offset
        lines[first - 1 : last] = [f"{indent}pass"]
    return "\n".join(lines)


def _with_helper(name: str, cell: str) -> str:
    """The cell, whose function or class has another name and is used under the given one."""
    node = _definition(name, cell)
    lines = cell.split("\n")
    line = lines[node.lineno - 1]
    start = node.col_offset
    helper = f"{name}_helper"
    lines[node.lineno - 1] = line[:start] + line[start:].replace(name, helper, 1)
    if isinstance(node, ast.FunctionDef):
        given = [
            f"def {name}(*arguments, **options):",
            f"    return {helper}(*arguments, **options)",
        ]
    else:
        given = [f"class {name}({helper}):", "    pass"]
    end = node.end_lineno or node.lineno
    lines[end:end] = ["", "", *given]
    return "\n".join(lines)
