"""Formulas of a page as MathML, which a browser displays without a script and without a network.

A formula can be a student's, so it is untrusted input. `latex2mathml` makes a tree of
it, and what is written from the tree is chosen here: known elements, attributes with known values,
and text that is escaped.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

MAX_TEX = 1000  # characters of one formula
MAX_PAGE = 200_000  # characters of all texts with formulas on a page
MAX_ELEMENTS = 1500  # of one formula
MAX_DEPTH = 40
REMEMBERED = 2000  # formulas: more than a course has

ELEMENTS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow",
    "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr",
    "munder", "munderover",
}  # fmt: skip
CHILDREN = {
    "mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2,
    "msubsup": 3, "munderover": 3,
}  # fmt: skip
ROWS = {"math", "mrow", "mstyle", "mtd"}  # the elements with any number of children in a row
_BOOLEAN = re.compile("true|false")
_LENGTH = re.compile(r"[+-]?(\d(\.\d+)?|\.\d+)(em|ex|px|pt)?")  # below ten: nothing moves far
ATTRIBUTES = {
    "accent": _BOOLEAN,
    "accentunder": _BOOLEAN,
    "columnalign": re.compile("left|center|right"),
    "depth": _LENGTH,
    "display": re.compile("block|inline"),
    "displaystyle": _BOOLEAN,
    "fence": _BOOLEAN,
    "form": re.compile("prefix|infix|postfix"),
    "height": _LENGTH,
    "largeop": _BOOLEAN,
    "linethickness": _LENGTH,
    "mathcolor": re.compile("[a-zA-Z]{3,20}|#[0-9a-fA-F]{3,6}"),
    "mathvariant": re.compile("normal"),  # all others are characters of their own, see `_styled`
    "maxsize": _LENGTH,
    "minsize": _LENGTH,
    "movablelimits": _BOOLEAN,
    "notation": re.compile("box|updiagonalstrike|downdiagonalstrike|horizontalstrike"),
    "scriptlevel": re.compile(r"[+-]?\d"),
    "separator": _BOOLEAN,
    "stretchy": _BOOLEAN,
    "width": _LENGTH,
}
# Unicode's names of the letters that a browser does not style by itself.
VARIANTS = {
    "bold": "MATHEMATICAL BOLD",
    "bold-italic": "MATHEMATICAL BOLD ITALIC",
    "double-struck": "MATHEMATICAL DOUBLE-STRUCK",
    "fraktur": "MATHEMATICAL FRAKTUR",
    "monospace": "MATHEMATICAL MONOSPACE",
    "sans-serif": "MATHEMATICAL SANS-SERIF",
    "script": "MATHEMATICAL SCRIPT",
}
# Definitions can double a formula again and again; links and styles are not a student's to set.
REFUSED = re.compile(
    r"\\(?:def|gdef|edef|xdef|let|newcommand|renewcommand|newenvironment|DeclareMathOperator"
    r"|href|url|class|style|cssId|unicode|require|includegraphics)(?![a-zA-Z])"
)
BEGIN = re.compile(r"\\begin\s*\{([^{}]*)\}")
ENVIRONMENTS = {
    "align*", "array", "cases", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix",
    "smallmatrix", "split",
}  # fmt: skip
ESCAPED = re.compile(r"\\([_%&#$ {}])")  # in \text{...}
# Environments that have the same effect here as one that latex2mathml knows.
ALIGNED = re.compile(r"\\(begin|end)\{(?:align|aligned|eqnarray|gather|gathered|multline)\*?\}")
PLAIN = re.compile(r"\\(?:begin|end)\{(?:equation|math|displaymath)\*?\}|\\label\{[^{}]*\}")
UPRIGHT = re.compile(r"\\mathrm\{([A-Za-z])\}")  # one letter alone would become italic
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")  # `sanitize` puts one after a "<"


def mathml(tex: str, display: bool = False) -> str | None:
    """The formula, without its dollar signs, as MathML.

    None if it has more than `MAX_TEX` characters, or something that cannot be converted or is not
    allowed.
    """
    return _converted(tex, display) if len(tex) <= MAX_TEX else None


@lru_cache(REMEMBERED)
def _converted(tex: str, display: bool) -> str | None:
    tex = PLAIN.sub("", INVISIBLE.sub("", tex)).strip()
    tex = UPRIGHT.sub(r"\\mathrm{\1{}}", ALIGNED.sub(r"\\\1{align*}", tex))
    if not tex or REFUSED.search(tex) or not _is_balanced(tex):
        return None
    if not ENVIRONMENTS.issuperset(BEGIN.findall(tex)):
        return None
    try:
        tree = convert_to_element(tex, display="block" if display else "inline")
        return "".join(_written(tree, 0, [MAX_ELEMENTS]))
    except Exception:  # on wrong TeX, latex2mathml raises anything from KeyError to RecursionError
        return None


def _is_balanced(tex: str) -> bool:
    """Whether each brace has its partner. latex2mathml takes a missing one for granted."""
    depth = 0
    for brace in re.findall(r"[{}]", re.sub(r"\\.", "", tex, flags=re.DOTALL)):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _written(element: Element, depth: int, room: list[int]) -> Iterator[str]:
    """The element as HTML. ValueError if it is too large, or has what `mathml` does not allow."""
    room[0] -= 1
    if len(element) != CHILDREN.get(element.tag, len(element)):
        raise ValueError(element.tag)  # an argument is missing
    if element.tag not in ELEMENTS or depth > MAX_DEPTH or room[0] < 0:
        raise ValueError(element.tag)
    text = element.text or ""
    if element.tag == "mtext":
        text = ESCAPED.sub(r"\1", text)
    if "\\" in text or (element.tail or "").strip():
        raise ValueError(text)  # a command that latex2mathml does not know
    text = _styled(html.unescape(text), element.get("mathvariant", ""))  # it writes entities
    yield f"<{element.tag}"
    for name, value in element.attrib.items():
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value):
            yield f' {name}="{value}"'
    yield f">{html.escape(text, quote=False)}"
    for child, follower in zip_longest(element, element[1:]):
        yield from _written(child, depth + 1, room)
        if (
            element.tag in ROWS
            and _is_name(child)
            and follower is not None
            and follower.tag != "mo"
        ):
            yield '<mspace width="0.167em"></mspace>'  # sin x, as TeX has it
    yield f"</{element.tag}>"


def _is_name(element: Element) -> bool:
    """Whether it is a function's name, as in sin x or log₂ x."""
    if element.tag in ("msub", "msup", "msubsup"):
        element = element[0]
    return element.tag == "mi" and len(element.text or "") > 1 and (element.text or "").isalpha()


def _styled(text: str, variant: str) -> str:
    """The text in Unicode's bold, script, ... letters, as far as there are such."""
    if variant not in VARIANTS:
        return text
    return "".join(_styled_letter(letter, VARIANTS[variant]) for letter in text)


def _styled_letter(letter: str, style: str) -> str:
    name = unicodedata.name(letter, "")
    name = name.removeprefix("LATIN ").removeprefix("GREEK ").replace("LETTER ", "")
    for wanted in (f"{style} {name}", f"{style.removeprefix('MATHEMATICAL ')} {name}"):
        try:
            return unicodedata.lookup(wanted)
        except KeyError:
            continue
    return letter
