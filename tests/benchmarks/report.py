"""Tables and a plot of what was measured."""

import csv
from collections import defaultdict
from pathlib import Path
from statistics import median

import altair as alt
import vl_convert

LABELS = {
    "nbgrader": "nbgrader autograde",
    "nbgrader_one_thread": "nbgrader autograde, one thread",
    "otter": "otter run",
    "scripts": "bare scripts, ungraded",
    "cold": "autograder, cold",
    "warm": "autograder, warm",
    "limit": "limit of the machine",
}
Seconds = dict[str, dict[str, list[float]]]  # by week and method, one per round


def show(folder: Path) -> None:
    """Print the tables as Markdown, and draw compare.svg."""
    if (folder / "compare.csv").exists():
        rows = read(folder / "compare.csv")
        seconds, tests = by_week(rows, "seconds"), by_week(rows, "test_seconds")
        print("\n".join(comparison(seconds, tests, int(rows[0]["cores"]))))
        draw(seconds, folder / "compare.svg")
    if (folder / "growth.csv").exists():
        rows = read(folder / "growth.csv")
        print("\n| " + " | ".join(rows[0]) + " |\n|" + "---:|" * len(rows[0]))
        for row in rows:
            print("| " + " | ".join(row.values()) + " |")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def by_week(rows: list[dict[str, str]], column: str) -> Seconds:
    found: Seconds = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row["week"]][row["method"]].append(float(row[column]))
    return found


def comparison(seconds: Seconds, tests: Seconds, cores: int) -> list[str]:
    """A table per week: seconds, and how many times as long as the class took warm.

    A ratio is the median of the rounds' ratios, with the smallest and the largest.
    """
    lines = []
    for week, found in seconds.items():
        rounds = min(map(len, found.values()))
        lines += ["", f"**{week}**, {rounds} round{'s' if rounds > 1 else ''}", ""]
        lines += ["| | seconds | times warm | spread |", "|---|---:|---:|---:|"]
        for name, label in LABELS.items():
            if name in found and "warm" in found:
                ratios = sorted(a / b for a, b in zip(found[name], found["warm"], strict=False))
                spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}" if rounds > 1 else ""
                lines.append(
                    f"| {label} | {median(found[name]):.1f} | {median(ratios):.2f} | {spread} |"
                )
        if {"limit", "warm"} <= found.keys():
            limit, hidden = median(found["limit"]), median(tests[week]["warm"])
            share = hidden / (limit * cores)
            floor = limit + hidden / cores
            lines += [
                "",
                f"Hidden tests: {hidden:.1f} s, {share:.0%} of the student cells' CPU time. "
                f"Warm is {median(found['warm']) / floor:.2f} times the limit with hidden tests.",
            ]
    return lines


def draw(seconds: Seconds, path: Path) -> None:
    """A bar for each method's median, a panel for each week."""
    rows = [
        {"week": week, "way": LABELS[name], "seconds": median(times)}
        for week, found in seconds.items()
        for name, times in found.items()
    ]
    bars = (
        alt.Chart({"values": rows})
        .mark_bar(color="#0072B2")
        .encode(
            x=alt.X("seconds:Q", title="seconds for the class"),
            y=alt.Y("way:N", title=None, sort=list(LABELS.values())),
            row=alt.Row("week:N", title=None),
        )
        .properties(width=420, height=110)
        .resolve_scale(x="independent")
    )
    path.write_text(vl_convert.vegalite_to_svg(bars.to_json()), encoding="utf-8")
