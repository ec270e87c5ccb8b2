"""Asks a public database whether a version that constraints.txt pins has a known vulnerability.

.github/vulnerabilities.toml lists those that do not concern this project, each with the reason and
the day of the review. A review holds for MOST_DAYS; then somebody has to look again.
"""

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
LIST = HERE / "vulnerabilities.toml"
PINS = HERE.parent / "constraints.txt"
MOST_DAYS = 180
FIELDS = {"id": str, "package": str, "reason": str, "reviewed": date}


def ignored_ids(text: str, today: date) -> list[str]:
    """The ids in the list. Raises ValueError for an entry without a reason or a recent review."""
    data = tomllib.loads(text)
    if unknown := set(data) - {"ignored"}:
        raise ValueError(f"there is no setting '{unknown.pop()}': write [[ignored]]")
    ids = []
    for number, entry in enumerate(data.get("ignored", []), 1):
        for name, kind in FIELDS.items():
            if type(entry.get(name)) is not kind or entry[name] == "":
                raise ValueError(f"entry {number} needs '{name}', a {kind.__name__}")
        days = (today - entry["reviewed"]).days
        if not 0 <= days <= MOST_DAYS:
            raise ValueError(
                f"{entry['id']} was reviewed on {entry['reviewed']}: review it again, and write "
                "the new date or remove the entry"
            )
        ids.append(entry["id"])
    return ids


def main() -> int:
    try:
        ids = ignored_ids(LIST.read_text(encoding="utf-8"), date.today())
    except ValueError as error:
        print(f"error: {LIST.name}: {error}", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(PINS)]
    command += ["--no-deps", "--disable-pip"]  # constraints.txt lists every package already
    for name in ids:
        command += ["--ignore-vuln", name]
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
