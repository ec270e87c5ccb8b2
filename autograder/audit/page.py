"""Writes an audit as a page and as JSON: reports/WEEK-audit.html and .json."""

import json
from pathlib import Path

from autograder.audit.model import Audit
from autograder.files import write_atomically
from autograder.reports.pages import render

TEMPLATES = Path(__file__).with_name("templates")


def write_audit_page(audit: Audit) -> list[Path]:
    """Write both files. An audit of a part of a week does not replace that of the whole week."""
    data = audit.to_json()
    text = render("audit.html.j2", TEMPLATES, data=data)
    ending = "-audit-part" if audit.part else "-audit"
    page = audit.assignment.root / "reports" / f"{audit.assignment.name}{ending}.html"
    lines = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    return [write_atomically(page, text), write_atomically(page.with_suffix(".json"), lines)]
