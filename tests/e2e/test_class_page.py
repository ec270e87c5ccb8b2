"""The class on one page: its figures, worked by hand, and the page in a real browser."""

import random
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.course import Assignment
from autograder.gradebook.totals import Mark, Total, Totals
from autograder.grading.failures import UNWRITTEN
from autograder.reports.class_page import rows, span, state, write_class_page
from autograder.reports.item_analysis import answering, discrimination, histogram, items, misses
from autograder.results.model import (
    ExerciseResult,
    FailedCell,
    Outcome,
    Status,
    SubmissionResult,
    TestOutcome,
)

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
EVIL = [
    "<script>alert(1)", "\"><img src=x onerror=alert(1)>", "'quoted' & co", "100%#?;é", "{{7*7}}",
]  # fmt: skip
NO_FOLDER = "</script><script>alert(1)</script>"
WEEK = "week1_mlp"


# --- results of a class, made up ---------------------------------------------------------------


def outcome(name, passed, points=1.0, how=Outcome.FAILED, remark=""):
    how = Outcome.PASSED if passed else how
    return TestOutcome(f"test_{name}", points, how, f"Hint of {name}.", remark, "", 0.1)


def submission(student, exercises, seconds=10.0, **changes):
    """Exercises by name: a list of what each test gave; the exercise 'extra' is a bonus."""
    made = tuple(
        ExerciseResult(
            name,
            tuple(
                test if isinstance(test, TestOutcome) else outcome(f"{name}_{i}", test)
                for i, test in enumerate(tests)
            ),
            name == "extra",
        )
        for name, tests in exercises.items()
    )
    result = SubmissionResult(
        student, WEEK, Status.GRADED, "key", "cpu", True, seconds, 1, made
    )  # fmt: skip
    return replace(result, **changes)


def failed(student, reason="it is broken JSON"):
    exercises = {"first": [False] * 2, "second": [False] * 3, "third": [False] * 2}
    missing = {
        name: [outcome(f"{name}_{i}", False, how=Outcome.MISSING) for i in range(len(tests))]
        for name, tests in exercises.items()
    }
    return submission(student, missing, seconds=0.0, status=Status.FAILED, reason=reason)


def unwritten(name, count):
    return [
        outcome(f"{name}_{i}", False, how=Outcome.RAISED, remark=UNWRITTEN) for i in range(count)
    ]


def sample(count=30, seed=0):
    """A class of s01, s02 ... of differing skill."""
    generator = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        skill = generator.betavariate(4, 1.5)
        shape = {"first": 2, "second": 3, "third_of_a_long_name": 6, "extra": 2}
        exercises = {
            name: [generator.random() < skill for _ in range(size)] for name, size in shape.items()
        }
        if number % 10 == 3:
            exercises["second"] = unwritten("second", 3)
        found.append(submission(f"s{number:02}", exercises, seconds=9.0 + number % 4))
    return found


# --- the figures -------------------------------------------------------------------------------


def test_discrimination_is_the_correlation_with_the_rest():
    # Deviations (.5 .5 -.5 -.5) and (1.5 .5 -.5 -1.5): products 2, squares 1 and 5.
    assert discrimination([1, 1, 0, 0], [3, 2, 1, 0]) == pytest.approx(2 / 5**0.5)
    assert discrimination([0, 0, 1, 1], [3, 2, 1, 0]) == pytest.approx(-2 / 5**0.5)
    assert discrimination([2, 2, 0, 0], [3, 2, 1, 0]) == pytest.approx(2 / 5**0.5)


@pytest.mark.parametrize(
    ("own", "rest"),
    [
        ([], []),
        ([1, 0], [1, 0]),
        ([1, 1, 1], [3, 2, 1]),
        ([1, 0, 1], [2, 2, 2]),
        ([1, 0, 1], [0.1 + 0.2, 0.3, 0.3]),
    ],
)
def test_discrimination_is_undefined_where_nothing_varies(own, rest):
    assert discrimination(own, rest) is None


def test_an_exercise_in_a_class_of_four():
    class_of = [
        submission("ada", {"first": [True, True], "second": [True, True]}),
        submission("ben", {"first": [True, False], "second": [True, True]}),
        submission("cleo", {"first": unwritten("first", 2), "second": [True, False]}),
        submission("dev", {"first": [False, False], "second": [False, False]}),
    ]
    first, second = items(class_of)
    assert (first.name, first.max_score, first.unanswered) == ("first", 2.0, 1)
    assert first.mean_share == pytest.approx((1 + 0.5 + 0 + 0) / 4)
    assert first.full_share == 0.25
    # (2 1 0 0) and (2 2 1 0): deviations 1.25 .25 -.75 -.75 and .75 .75 -.25 -1.25.
    assert first.discrimination == pytest.approx(2.25 / (2.75 * 2.75) ** 0.5)
    assert second.mean_share == pytest.approx(5 / 8)
    assert second.discrimination == first.discrimination


def test_who_could_not_be_run_or_answered_nothing_says_nothing_of_an_exercise():
    class_of = [
        submission("ada", {"first": [True, True]}),
        submission("ben", {"first": unwritten("first", 2)}),
        failed("cleo"),
    ]
    assert [result.student for result in answering(class_of)] == ["ada"]
    (first, *others) = items(class_of)
    assert (first.mean_share, first.full_share, first.unanswered) == (1.0, 1.0, 0)
    assert {item.mean_share for item in others} == {None}
    assert misses(class_of) == []


def test_results_of_before_and_after_a_change_lie_side_by_side():
    class_of = [
        submission("ada", {"first": [True], "second": [True]}),
        submission("ben", {"second": [False], "new": [True]}),
    ]
    assert [(i.name, i.mean_share) for i in items(class_of)] == [
        ("first", 1.0), ("second", 0.5), ("new", 1.0)
    ]  # fmt: skip


def test_the_commonest_miss_comes_first_and_parameters_are_one_test():
    raised = outcome("shape[2-3]", False, how=Outcome.RAISED)
    class_of = [
        submission("ada", {"first": [raised, outcome("shape[1]", False), outcome("sum", False)]}),
        submission("ben", {"first": [outcome("shape[1]", True), outcome("sum", False)]}),
        submission("cleo", {"first": [*unwritten("first", 1), outcome("sum", True)]}),
        failed("dev"),
    ]
    found = [(m.test, sorted(m.students), dict(m.ways)) for m in misses(class_of)]
    assert found == [
        ("sum", ["ada", "ben"], {Outcome.FAILED: 2}),
        ("shape", ["ada"], {Outcome.RAISED: 1}),
    ]


def test_bins_are_round_and_hold_everyone_once():
    bins = histogram({"ada": 0, "ben": 2, "cleo": 3.5, "dev": 38}, 38)
    assert (len(bins), bins[0].low, bins[-1].high) == (19, 0, 38)
    assert [(b.label, list(b.scores)) for b in bins if b.scores] == [
        ("0 to under 2", ["ada"]), ("2 to under 4", ["ben", "cleo"]), ("36 to 38", ["dev"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("best", "top", "count", "last"),
    [
        (5, 5, 5, 5), (20, 20, 20, 20), (0, 21, 11, 22), (46, 42, 10, 50), (0, 0, 1, 1),
        (9, 300, 15, 300),
    ],
)  # fmt: skip
def test_bins_reach_from_none_to_all_and_to_a_bonus(best, top, count, last):
    bins = histogram({"ada": best}, top)
    assert (len(bins), bins[-1].high) == (count, last)
    assert sum(len(b.scores) for b in bins) == 1
    assert histogram({}, top) == []


def test_the_gravest_comes_first_then_names(tmp_path):
    written = {"first": [True]}
    class_of = [
        submission("ada", written),
        submission("ben", written, seconds=50.0),
        submission("cleo", written, seconds=70.0, restored=("a cell",)),
        submission("dev", written, failed_cells=(FailedCell(3, "stopped after 60 s"),)),
        submission("eve", {"first": unwritten("first", 1)}),
        submission("finn", written, restored=("a cell",)),
        submission("gus", written, sandboxed=False),
        failed("hal"),
        submission("ida", written),
        submission("jo", written),
        submission("kim", written),
    ]
    release = tmp_path / "release" / WEEK
    release.mkdir(parents=True)
    (release / "notebook.ipynb").touch()
    found = [
        (r.result.student, r.state)
        for r in rows(Assignment(WEEK, tmp_path), class_of, [], Totals())
    ]
    assert found == [
        ("hal", "failed"), ("dev", "stopped"), ("cleo", "slow"), ("ben", "slow"), ("ada", ""),
        ("eve", "no answer"), ("finn", "repaired"), ("gus", "no sandbox"), ("ida", ""), ("jo", ""),
        ("kim", ""),
    ]  # fmt: skip


def test_what_changed_since_a_person_graded_it_asks_for_a_look(tmp_path):
    release = tmp_path / "release" / WEEK
    release.mkdir(parents=True)
    (release / "notebook.ipynb").touch()
    mark = Mark("essay", 4.5, 6.0, written=True, by_person=True, waiting=True)
    totals = {"ada": Total(5.0, True, marks=(replace(mark, waiting=False),)),
              "ben": Total(5.0, True, marks=(mark,))}  # fmt: skip
    class_of = [submission(student, {"first": [True]}) for student in totals]
    found = rows(Assignment(WEEK, tmp_path), class_of, [], Totals(7.0, totals))
    assert [(row.result.student, row.state, row.remark) for row in found] == [
        ("ben", "second look", "changed since a person graded it: essay"), ("ada", "", ""),
    ]  # fmt: skip


def test_a_short_run_is_never_slow():
    assert state(submission("ada", {"first": [True]}, seconds=29.0), 1.0) == ""
    assert state(submission("ada", {"first": [True]}, seconds=31.0), 10.0) == "slow"
    assert [span(s) for s in (5, 60, 7200, 200_000)] == ["5 s", "1 min", "2 h", "2 d"]


# --- the page ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def make_page(repository, tmp_path_factory):
    """make_page(results) is the page of a class, in a course folder with feedback to link to."""

    def make(results, totals=None):
        root = tmp_path_factory.mktemp("course")
        assignment = Assignment(WEEK, root)
        shutil.copytree(repository.assignment(WEEK).release, assignment.release)
        for result in results:
            if result.student != NO_FOLDER:
                folder = assignment.feedback(result.student)
                folder.mkdir(parents=True)
                name = f"{assignment.release_notebook.stem}.html"
                (folder / name).write_text("<title>feedback</title>", encoding="utf-8")
        return write_class_page(assignment, results, totals)

    return make


@pytest.fixture(scope="module")
def class_page(make_page):
    """A class of 30 with names of every kind; s01 could not be run."""
    results = sample()
    results[0] = failed("s01")
    for place, name in enumerate([*EVIL, NO_FOLDER], start=10):
        results[place] = replace(results[place], student=name)
    results[20] = replace(
        results[20],
        failed_cells=(FailedCell(1, "stopped after 60 s <b onclick=alert(1)>"),),
    )
    totals = {
        result.student: Total(result.score + 4, place % 3 == 0, 7200.0 * (place == 7))
        for place, result in enumerate(results)
    }
    return make_page(results, Totals(23.0, totals))


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: install the package chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser):
    """open_page(path, **context) is the page when its charts are drawn.

    Afterwards no request has left, nothing was complained of, and nothing asked for attention.
    """
    contexts, asked, said = [], [], []

    def open_it(path, **settings):
        settings = {"viewport": {"width": 1280, "height": 900}, **settings}
        context = browser.new_context(**settings)
        contexts.append(context)
        context.route(re.compile(r"^(?!file:)"), lambda route: route.abort())
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-drawn]")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert said == []
    assert {url.split(":")[0] for url in asked} == {"file"}


def bars(page, figure):
    return page.locator(f"#{figure} path[aria-roledescription=bar]")


def shown(page):
    return page.locator("#students tbody th:visible").all_inner_texts()


class Markup(HTMLParser):
    """What a page asks for and runs, its own scripts apart."""

    def __init__(self, text):
        super().__init__()
        self.asked, self.handlers = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.asked += [tag] if tag in ("img", "link", "iframe", "object", "embed") else []
        self.asked += [name for name, _ in attrs if name == "src"]


def test_it_is_one_file_of_a_megabyte(class_page):
    assert 0.5e6 < class_page.stat().st_size < 1.1e6
    markup = Markup(class_page.read_text(encoding="utf-8"))
    assert (markup.asked, markup.handlers) == ([], [])


def test_the_charts_are_drawn_without_a_network(open_page, class_page):
    page = open_page(class_page)
    assert 5 <= bars(page, "scores-figure").count() <= 11
    assert bars(page, "success-figure").count() == 2 * 4
    points = page.locator("#discrimination-figure path[aria-roledescription=point]")
    assert points.count() == 4
    for figure in ("scores-figure", "success-figure", "discrimination-figure"):
        box = page.locator(f"#{figure} svg").bounding_box()
        assert box["width"] > 300 and box["height"] > 80
        assert page.locator(f"#{figure} svg [aria-label]").count()


def test_the_figures_say_what_they_leave_out(open_page, class_page):
    text = " ".join(open_page(class_page).inner_text("main").split())
    assert "What could not be run (1 submission, 0 points) counts in no figure" in text
    assert "submissions 30" in text
    assert "wait for a person 10" in text


def test_tables_are_sorted_by_keyboard(open_page, class_page):
    page = open_page(class_page)
    heading = page.locator("#students thead th", has_text="sum")
    heading.get_by_role("button").focus()
    outline = heading.get_by_role("button").evaluate("e => getComputedStyle(e).outlineStyle")
    for direction, sign in (("ascending", 1), ("descending", -1)):
        page.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == direction
        texts = page.locator("#students tbody td:nth-child(3)").all_inner_texts()
        numbers = [sign * float(text) for text in texts]
        assert numbers == sorted(numbers)
    assert outline != "none"
    page.locator("#students thead th", has_text="student").get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "none"
    assert shown(page).index("s02") < shown(page).index("s10")


def test_the_first_tab_stop_leads_to_the_submissions(open_page, class_page):
    page = open_page(class_page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the submissions"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#submissions")


def test_dark_and_light_and_a_change_between_them(open_page, class_page):
    page = open_page(class_page, color_scheme="light")

    def colours():
        return (
            page.evaluate("getComputedStyle(document.body).backgroundColor"),
            page.locator("#scores-figure text").first.get_attribute("fill"),
            bars(page, "scores-figure").first.get_attribute("fill"),
        )

    light = colours()
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-drawn=dark]")
    dark = colours()
    assert light[0] == "rgb(255, 255, 255)"
    assert all(one != other for one, other in zip(light, dark, strict=True))


def test_a_phone_needs_no_sideways_scrolling(open_page, class_page):
    page = open_page(class_page, viewport={"width": 375, "height": 700}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.locator("#scores-figure svg").bounding_box()["width"] <= 375
    box = page.locator(".scroll", has=page.locator("#students"))
    assert box.evaluate("e => e.scrollWidth > e.clientWidth")


def test_a_bar_shows_its_students(open_page, class_page):
    page = open_page(class_page)
    bar = bars(page, "scores-figure").last
    count = int(re.search(r"students: (\d+)", bar.get_attribute("aria-label"))[1])
    bar.click()
    assert len(shown(page)) == count
    assert f"{count} of 30 shown" in page.locator("#shown").inner_text()
    bar.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert f"students {count} " in " ".join(page.inner_text("#vg-tooltip-element").split())
    page.locator("#filter").get_by_role("button").click()
    page.wait_for_function("document.querySelector('#shown').textContent === ''")
    assert len(shown(page)) == 30


def test_an_exercise_is_chosen_in_a_chart_or_a_list(open_page, class_page):
    page = open_page(class_page)

    def wait_for(opacities):
        page.wait_for_function(
            """wanted => [...document.querySelectorAll("#success-figure path[opacity]")]
                .map(e => e.getAttribute("opacity")).join() === wanted""",
            arg=opacities,
        )

    box = bars(page, "success-figure").nth(1).bounding_box()
    page.mouse.click(box["x"] + 5, box["y"] + 2)
    assert page.locator("#exercise").input_value() == "second"
    wait_for("0.35,1,0.35,0.35")
    missed = page.locator("#misses tbody tr:visible")
    assert set(missed.evaluate_all("rows => rows.map(e => e.dataset.exercise)")) == {"second"}
    page.locator("#exercise").select_option("first")
    wait_for("1,0.35,0.35,0.35")
    page.locator("#exercise").select_option("all")
    wait_for("1,1,1,1")


def test_a_count_of_misses_shows_who(open_page, class_page):
    page = open_page(class_page)
    who = page.locator(".who").first
    count = int(who.inner_text())
    who.focus()
    page.keyboard.press("Enter")
    assert who.get_attribute("aria-pressed") == "true"
    assert len(shown(page)) == count
    page.keyboard.press("Enter")
    assert len(shown(page)) == 30


def test_a_name_or_a_range_finds_submissions(open_page, class_page):
    page = open_page(class_page)
    page.get_by_label("student", exact=True).fill("S2")
    assert all(name.startswith("s2") for name in shown(page))
    page.get_by_label("student", exact=True).fill("")
    page.get_by_label("only those to look at").check()
    assert {"s01", "s21"} <= set(shown(page)) and len(shown(page)) < 30
    page.get_by_label("only those to look at").uncheck()
    page.get_by_label("points from").fill("0")
    assert "s01" not in shown(page)  # it has no points: it could not be run


def test_names_of_every_kind_are_text_and_their_links_lead_to_feedback(open_page, class_page):
    page = open_page(class_page)
    for name in [*EVIL, "s02"]:
        link = page.get_by_role("link", name=name, exact=True).last
        target = link.evaluate("e => e.href")
        other = page.context.new_page()
        other.goto(target)
        assert other.title() == "feedback", name
        other.close()
    assert NO_FOLDER in shown(page)
    assert page.locator("main img, main script, main iframe").count() == 0
    for index in range(bars(page, "scores-figure").count()):
        bars(page, "scores-figure").nth(index).hover()
    assert page.locator("#vg-tooltip-element img, #vg-tooltip-element script").count() == 0


@pytest.mark.parametrize(
    "results",
    [
        [],
        [failed("ada")],
        [submission("ada", {"first": unwritten("first", 2)})],
        [submission("ada", {"first": [True, False], "extra": [True]})],
        [submission(name, {"first": [True]}) for name in ("ada", "ben", "cleo", "dev")],
        sample(200, seed=1),
    ],
    ids=["nobody", "failed", "unwritten", "one", "all right", "200"],
)
def test_classes_of_every_size(open_page, make_page, results):
    page = open_page(make_page(results))
    assert len(shown(page)) == len(results)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert Path(page.url.removeprefix("file://")).stat().st_size < 1.3e6
