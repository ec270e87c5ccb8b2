"""Markdown of text that someone else wrote."""

import html


def plain(text: str) -> str:
    """Text as Markdown that shows it and does nothing else: one line, fit for a table's cell."""
    safe = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|~@:$" else c for c in safe)
