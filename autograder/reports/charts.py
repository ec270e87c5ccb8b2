"""The class page's charts: Vega-Lite specifications from Altair, and the JavaScript to draw them.

A specification names styles instead of colors. The page defines the colors for light and dark mode.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from statistics import median
from typing import Any

import altair as alt
import vl_convert
from platformdirs import user_cache_path

from autograder.files import read_or_none, write_atomically
from autograder.reports.item_analysis import Bin, Item, round_step

CACHE = "gene46100-autograder"
NAMES = 8  # students that a bar's tooltip names
LABEL_WIDTH = 150  # pixels
ROW = 26  # pixels of height
TICKS = 6
UNSELECTED = alt.value(0.35)  # opacity


@cache
def javascript() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script of 0.9 MB, which defines `window.vegaEmbed`.

    Bundling takes more than a second, so the script stays in the user's cache folder.
    """
    path = user_cache_path(CACHE) / f"vega-{version('vl-convert-python')}.js"
    with suppress(OSError):
        if (cached := read_or_none(path)) is not None:
            return cached.decode()
    script = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
    with suppress(OSError):  # without a writable home, the next process bundles it again
        write_atomically(path, script)
    return script


def score_figure(bins: Sequence[Bin]) -> dict[str, Any]:
    """A histogram of scores with the median. Clicking a bar selects its students."""
    scores = [score for bin_ in bins for score in bin_.scores.values()]
    rows = [
        {
            "low": bin_.low,
            "high": bin_.high,
            "most": max(bin_.scores.values()),
            "students": len(bin_.scores),
            "points": bin_.label,
            "who": _names(sorted(bin_.scores)),
        }
        for bin_ in bins
        if bin_.scores
    ]
    domain = [bins[0].low, bins[-1].high]
    most = max(len(bin_.scores) for bin_ in bins)
    counts = list(range(0, most + 1, round_step(most, TICKS)))  # whole numbers of students
    chosen = alt.selection_point(name="chosen", fields=["low", "most"])
    bars = (
        alt.Chart({"values": rows})
        .mark_bar(cursor="pointer", binSpacing=2)
        .encode(
            x=alt.X("low:Q", bin="binned", title="points (automatic tests)").scale(
                domain=domain, nice=False
            ),
            x2="high:Q",
            y=alt.Y("students:Q", title="students").axis(values=counts, format="d"),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(UNSELECTED),
            tooltip=["points:N", "students:Q", "who:N"],
        )
        .add_params(chosen)
    )
    middle = (
        alt.Chart({"values": [{"median": round(median(scores), 2)}]})
        .mark_rule(style="median", strokeWidth=2, strokeDash=[6, 4])
        .encode(x="median:Q", tooltip=["median:Q"])
    )
    return _spec(alt.layer(bars, middle), "Students by points", height=220)


def success_figure(items: Sequence[Item]) -> dict[str, Any]:
    """Each exercise's mean share of points, and the share of students with all points."""
    rows = [
        {
            "exercise": item.name,
            "mean": item.mean_share,
            "full": item.full_share,
            "unanswered": item.unanswered,
        }
        for item in items
    ]
    tooltip = [
        alt.Tooltip("exercise:N"),
        alt.Tooltip("mean:Q", title="mean share of points", format=".0%"),
        alt.Tooltip("full:Q", title="all points", format=".0%"),
        alt.Tooltip("unanswered:Q", title="no answer"),
    ]
    base = alt.Chart({"values": rows}).encode(y=_exercises(items), tooltip=tooltip)
    chosen = _exercise_selection()
    percent = alt.Axis(format="%", tickCount=5, title="share")
    bars = (
        base.mark_bar(style="mean", height=18, cursor="pointer")
        .encode(
            x=alt.X("mean:Q", axis=percent).scale(domain=[0, 1]),
            opacity=alt.when(chosen).then(alt.value(1)).otherwise(UNSELECTED),
        )
        .add_params(chosen)
    )
    inner = base.mark_bar(style="full", height=7).encode(x="full:Q")
    description = "Each exercise's mean share of points, and the share of students with all points"
    return _spec(alt.layer(bars, inner), description, height=ROW * len(items))


def discrimination_figure(items: Sequence[Item]) -> dict[str, Any]:
    """The item-rest correlation of each exercise, where it is defined."""
    rows = [{"exercise": item.name, "r": item.discrimination} for item in items]
    tooltip = [alt.Tooltip("exercise:N"), alt.Tooltip("r:Q", title="item-rest r", format=".2f")]
    base = alt.Chart({"values": rows}).encode(
        x=alt.X("r:Q", title="item-rest correlation")
        .scale(domain=[-1, 1])
        .axis(values=[-1, -0.5, 0, 0.5, 1]),
        y=_exercises(items),
        tooltip=tooltip,
    )
    chosen = _exercise_selection()
    shade = alt.when(chosen).then(alt.value(1)).otherwise(UNSELECTED)
    known = base.transform_filter("isValid(datum.r)")
    stems = known.mark_rule(style="stem", strokeWidth=3, cursor="pointer").encode(
        x2=alt.datum(0), opacity=shade
    )
    heads = known.mark_point(filled=True, size=110, opacity=1, cursor="pointer")
    heads = heads.encode(opacity=shade).add_params(chosen)
    zero = alt.Chart({"values": [{"zero": 0}]}).mark_rule(style="zero").encode(x="zero:Q")
    description = "Each exercise's item-rest correlation"
    return _spec(alt.layer(zero, stems, heads), description, height=ROW * len(items))


def _exercises(items: Sequence[Item]) -> alt.Y:
    return alt.Y("exercise:N", sort=[item.name for item in items], title=None).axis(
        labelLimit=LABEL_WIDTH
    ).scale(domain=[item.name for item in items])  # fmt: skip


def _exercise_selection() -> Any:
    return alt.selection_point(name="chosen", fields=["exercise"], toggle=False)


def _names(students: Sequence[str]) -> str:
    more = len(students) - NAMES
    return ", ".join(students[:NAMES]) + (f" and {more} more" if more > 0 else "")


def _spec(chart: alt.LayerChart | alt.FacetChart, description: str, height: int) -> dict[str, Any]:
    chart = chart.properties(
        width="container",
        height=height,
        autosize={"type": "fit-x", "contains": "padding"},
        description=description,
    )
    spec: dict[str, Any] = chart.to_dict()
    spec.pop("config", None)  # the page has its own for each color scheme
    return spec
