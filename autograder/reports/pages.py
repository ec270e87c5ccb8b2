"""The Jinja environment of all pages: it escapes HTML, and an undefined name is an error.

Every page has a content security policy, which forbids what the page does not need itself: nothing
is loaded from outside, and only the page's own styles and scripts apply.
"""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from autograder.text import as_points, duration

TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, folder: Path = TEMPLATES, **data: Any) -> str:
    """Render a template of the folder. `NAME.html.j2` escapes every value."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html", "html.j2"]),
        undefined=StrictUndefined,
    )
    filters: dict[str, Callable[..., str]] = {
        "points": as_points,
        "percent": lambda share: "–" if share is None else f"{share:.0%}",
        "signed": lambda r: "–" if r is None else f"{r:+.2f}".replace("-", "−"),
        "duration": duration,
        "fingerprint": fingerprint,
    }
    environment.filters |= filters
    return environment.get_template(template).render(**data)


def fingerprint(text: str) -> str:
    """The hash of a style or script, for the policy of a page that allows this one and no other."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
