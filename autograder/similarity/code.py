"""Code as fingerprints that survive new names, other comments, and statements in another order.

An answer is split into statements, because a copy may have them in another order. In a statement,
comments, docstrings and layout are left out, and each name that a student can choose becomes one
and the same word. No fingerprint crosses two statements.

The words come from a lexer and not from a parser, so code with syntax errors, IPython magics and
other languages are compared, too.
"""

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, String

from autograder.similarity.winnowing import Winnowing, Word

STATEMENTS = Winnowing(run=6, window=3, shortest=4)
MOST_CODE = 50_000  # characters of an answer; what follows them is not compared
NAME, TEXT = "name", "text"  # what stands for a name that a student chose, and for a string
BRACKETS = dict.fromkeys("([{", 1) | dict.fromkeys(")]}", -1)
DEFINITIONS = frozenset(("async", "class", "def"))
COMPOUND = DEFINITIONS | {"elif", "else", "except", "finally", "for", "if", "try", "while", "with"}
# A line that starts with one of these is not inside brackets, even if one was left open.
STARTS = frozenset(("class", "def", "import", "pass", "raise", "return", "try", "while", "with"))
LEXER = PythonLexer()

Token = tuple[int, Any, str]  # position, Pygments's token type, text


def given_names(sources: Iterable[str]) -> frozenset[str]:
    """The modules that a course's code imports, and the functions and classes that it defines."""
    names: set[str] = set()
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):  # a cell with a magic
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        names |= {node.name for node in tree.body if isinstance(node, definitions)}
    return frozenset(names)


def statements(source: str, known: Collection[str]) -> list[list[Word]]:
    """The normalized words of each simple statement and of each header such as `for x in y:`.

    The names `known` stay, because a copy has to keep them.
    """
    split = (list(_normalize(statement, known)) for statement in _split(source[:MOST_CODE]))
    return [words for words in split if any(word.text != TEXT for word in words)]  # no docstrings


def _split(source: str) -> Iterator[list[Token]]:
    """The tokens of each statement, without comments and layout."""
    statement: list[Token] = []
    depth, is_first = 0, True
    for token in LEXER.get_tokens_unprocessed(source):
        _, kind, text = token
        if kind in Comment:
            continue
        if not text.strip() or text == "\\\n":
            ends_line = "\n" in text and text != "\\\n"
            is_first |= ends_line
            is_magic = bool(statement) and statement[0][2] in "!%"
            ends = ends_line and bool(statement) and (depth <= 0 or is_magic)
        else:
            if is_first and depth > 0 and kind in Keyword and text in STARTS:
                yield statement
                statement, depth = [], 0
            is_first = False
            is_code = kind not in String
            depth += BRACKETS.get(text, 0) if is_code else 0
            is_header = bool(statement) and statement[0][2] in COMPOUND
            ends = is_code and depth <= 0 and (text == ";" or (text == ":" and is_header))
            if not ends:
                statement.append(token)
        if ends:
            if statement:
                yield statement
            statement, depth = [], 0
    if statement:
        yield statement


def _normalize(statement: Sequence[Token], known: Collection[str]) -> Iterator[Word]:
    """The words of a statement: a name that a student chose and a string become one word each."""
    is_definition = statement[0][2] in DEFINITIONS
    before, previous, depth = "", "", 0
    for index, (start, kind, text) in enumerate(statement):
        following = statement[index + 1][2] if index + 1 < len(statement) else ""
        word, end = text, start + len(text)
        if _is_text(kind):
            if index and _is_text(statement[index - 1][1]):
                continue  # the lexer splits a string into its parts
            parts = takewhile(lambda token: _is_text(token[1]), statement[index:])
            end = max(position + len(part) for position, _, part in parts)
            word = text = TEXT
        elif text == "," and BRACKETS.get(following) == -1:
            continue  # a comma before a closing bracket is layout
        elif kind in Number:
            word = text.replace("_", "").lower()
        elif kind in Name:
            is_attribute = previous == "." and before != "self"
            is_keyword = depth > 0 and following == "=" and not is_definition
            is_given = (kind in Name.Builtin and text != "self") or text in known
            word = text if is_attribute or is_keyword or is_given else NAME
        depth += BRACKETS.get(text, 0)
        yield Word(word, start, end)
        before, previous = previous, text


def _is_text(kind: Any) -> bool:
    return kind in String and kind not in String.Interpol
