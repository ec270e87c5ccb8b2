"""The class on one page, in a real browser."""

import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.results import WEEK, failed, sample, submission, unwritten

from autograder.course import Assignment
from autograder.gradebook.totals import Total, Totals
from autograder.notebook.failure import CellFailure, FailureCause
from autograder.reports.class_page import write_class_page
from autograder.results.model import FailedCell

EVIL = [
    "<script>alert(1)", "\"><img src=x onerror=alert(1)>", "'quoted' & co", "100%#?;é", "{{7*7}}",
]  # fmt: skip
NO_FOLDER = "</script><script>alert(1)</script>"


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
        failed_cells=(
            FailedCell(1, CellFailure(FailureCause.TIMEOUT, "60 s <b onclick=alert(1)>")),
        ),
    )
    totals = {
        result.student: Total(result.score + 4, place % 3 == 0, 7200.0 * (place == 7))
        for place, result in enumerate(results)
    }
    return make_page(results, Totals(23.0, totals))


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
    assert "charts leave out 1 submission that could not be run (0 points)" in text
    assert "submissions 30" in text
    assert "need manual grading 10" in text


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

    def colors():
        return (
            page.evaluate("getComputedStyle(document.body).backgroundColor"),
            page.locator("#scores-figure text").first.get_attribute("fill"),
            bars(page, "scores-figure").first.get_attribute("fill"),
        )

    light = colors()
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-drawn=dark]")
    dark = colors()
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
    page.get_by_label("only those that need attention").check()
    assert {"s01", "s21"} <= set(shown(page)) and len(shown(page)) < 30
    page.get_by_label("only those that need attention").uncheck()
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
